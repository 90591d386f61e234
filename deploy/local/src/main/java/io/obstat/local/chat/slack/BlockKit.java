package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.local.chat.shape.Fault;
import io.obstat.local.chat.shape.Rule;
import io.obstat.local.chat.shape.Rules;
import io.obstat.local.chat.shape.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Blocks and views as Slack takes them. A type that is not here is refused, and so is a field that no type here has.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit">the reference, whose numbers these are</a>
 */
final class BlockKit {

    private static final int MESSAGE_BLOCKS = 50;
    private static final int MODAL_BLOCKS = 100;
    private static final int ID = 255;

    /**
     * Slack does not say how much all blocks together may hold. What people measured (slackapi/bolt-js issue 2867) fits 12,000 characters of text,
     * with something for each block: 9,597 in 50 blocks were taken, 11,341 in 45 were not.
     */
    private static final int ALL_TEXT = 12_000;

    private static final int EACH_BLOCK = 40;

    private static final Shape BUTTON = action("button")
            .required("text", Texts.plain(75))
            .optional("url", Rules.text(1, 3000))
            .optional("value", Rules.text(0, 2000))
            .optional("style", Rules.word("primary", "danger"))
            .optional("confirm", Texts.confirm())
            .optional("accessibility_label", Rules.text(1, 75));

    private static final Shape OVERFLOW = action("overflow")
            .required("options", Rules.list(1, 5, Texts.option()))
            .optional("confirm", Texts.confirm());

    private static final Shape STATIC_SELECT = action("static_select")
            .required("options", Rules.list(1, 100, Texts.option()))
            .optional("placeholder", Texts.plain(150))
            .optional("initial_option", Texts.option())
            .optional("confirm", Texts.confirm())
            .optional("focus_on_load", Rules.flag());

    private static final Shape RADIO_BUTTONS = action("radio_buttons")
            .required("options", Rules.list(1, 10, Texts.option()))
            .optional("initial_option", Texts.option())
            .optional("confirm", Texts.confirm())
            .optional("focus_on_load", Rules.flag());

    private static final Shape CHECKBOXES = action("checkboxes")
            .required("options", Rules.list(1, 10, Texts.option()))
            .optional("initial_options", Rules.list(1, 10, Texts.option()))
            .optional("confirm", Texts.confirm())
            .optional("focus_on_load", Rules.flag());

    private static final Shape PLAIN_TEXT_INPUT = action("plain_text_input")
            .optional("initial_value", Rules.text(0, 3000))
            .optional("multiline", Rules.flag())
            .optional("min_length", Rules.integer(0, 3000))
            .optional("max_length", Rules.integer(1, 3000))
            .optional("placeholder", Texts.plain(150))
            .optional("focus_on_load", Rules.flag())
            .optional("dispatch_action_config", Rules.object());

    private static final Shape IMAGE_ELEMENT =
            Shape.of("image").required("image_url", Rules.text(1, 3000)).required("alt_text", Rules.text(1, 2000));

    private static final Shape SECTION = block("section")
            .optional("text", Texts.any(1, 3000))
            .optional("fields", Rules.list(1, 10, Texts.any(1, 2000)))
            .optional(
                    "accessory", Rules.oneOf(BUTTON, IMAGE_ELEMENT, OVERFLOW, STATIC_SELECT, RADIO_BUTTONS, CHECKBOXES))
            .optional("expand", Rules.flag())
            .and("missing required field: text", block -> block.has("text") || block.has("fields"));

    private static final Rule BLOCK = Rules.oneOf(
            SECTION,
            block("header").required("text", Texts.plain(150)).optional("level", Rules.integer(1, 4)),
            block("divider"),
            block("context")
                    .required(
                            "elements",
                            Rules.list(
                                    1,
                                    10,
                                    (value, pointer, faults) -> (value.path("type")
                                                            .asText()
                                                            .equals("image")
                                                    ? IMAGE_ELEMENT
                                                    : Texts.any(1, 2000))
                                            .check(value, pointer, faults))),
            block("actions")
                    .required(
                            "elements",
                            Rules.list(1, 25, Rules.oneOf(BUTTON, OVERFLOW, STATIC_SELECT, RADIO_BUTTONS, CHECKBOXES)))
                    .and("`action_id` must be unique within the block", BlockKit::actionsDiffer),
            block("image")
                    .required("alt_text", Rules.text(1, 2000))
                    .required("image_url", Rules.text(1, 3000))
                    .optional("title", Texts.plain(2000)),
            block("input")
                    .required("label", Texts.plain(2000))
                    .required("element", Rules.oneOf(PLAIN_TEXT_INPUT, STATIC_SELECT, RADIO_BUTTONS, CHECKBOXES))
                    .optional("hint", Texts.plain(2000))
                    .optional("optional", Rules.flag())
                    .optional("dispatch_action", Rules.flag()),
            block("rich_text").required("elements", Rules.list(1, Integer.MAX_VALUE, RichText.element())));

    private static final Shape MODAL = Shape.of("modal")
            .required("title", Texts.plain(24))
            .required("blocks", Rules.list(1, MODAL_BLOCKS, BLOCK).and(BlockKit::blocksDiffer))
            .optional("submit", Texts.plain(24))
            .optional("close", Texts.plain(24))
            .optional("private_metadata", Rules.text(0, 3000))
            .optional("callback_id", Rules.text(0, ID))
            .optional("external_id", Rules.text(0, ID))
            .optional("clear_on_close", Rules.flag())
            .optional("notify_on_close", Rules.flag())
            .optional("submit_disabled", Rules.flag())
            .and(
                    "`submit` is required when an `input` block is within the `blocks` array",
                    view -> view.has("submit") || !hasInput(view.path("blocks")));

    private static final Rule MESSAGE = Rules.list(0, MESSAGE_BLOCKS, BLOCK).and(BlockKit::blocksDiffer);

    private BlockKit() {}

    private static Shape block(String type) {
        return Shape.of(type).optional("block_id", Rules.text(1, ID));
    }

    private static Shape action(String type) {
        return Shape.of(type).optional("action_id", Rules.text(1, ID));
    }

    /** What is wrong with the blocks of a message. */
    static List<Fault> faultsOfMessage(JsonNode blocks) {
        return MESSAGE.faults(blocks).stream()
                .map(fault -> new Fault("/blocks" + fault.pointer(), fault.message()))
                .toList();
    }

    /** What is wrong with a view. */
    static List<Fault> faultsOfModal(JsonNode view) {
        return MODAL.faults(view).stream()
                .map(fault -> new Fault("/view" + fault.pointer(), fault.message()))
                .toList();
    }

    /** Whether all blocks of a message together hold more than Slack takes. */
    static boolean holdTooMuch(JsonNode blocks) {
        return textIn(blocks) + blocks.size() * EACH_BLOCK > ALL_TEXT;
    }

    private static int textIn(JsonNode node) {
        int sum = node.path("text").isTextual() ? node.path("text").textValue().length() : 0;
        for (JsonNode child : node) {
            sum += child.isContainerNode() ? textIn(child) : 0;
        }
        return sum;
    }

    private static boolean hasInput(JsonNode blocks) {
        for (JsonNode block : blocks) {
            if (block.path("type").asText().equals("input")) {
                return true;
            }
        }
        return false;
    }

    private static boolean actionsDiffer(JsonNode block) {
        return differ(block.path("elements"), "action_id");
    }

    private static void blocksDiffer(JsonNode blocks, String pointer, List<Fault> faults) {
        if (!differ(blocks, "block_id")) {
            faults.add(new Fault(pointer, "`block_id` must be unique"));
        }
    }

    private static boolean differ(JsonNode nodes, String field) {
        Set<String> seen = new HashSet<>();
        for (JsonNode node : nodes) {
            if (node.has(field) && !seen.add(node.get(field).asText())) {
                return false;
            }
        }
        return true;
    }
}
