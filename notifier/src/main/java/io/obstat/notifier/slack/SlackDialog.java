package io.obstat.notifier.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.json.Json;
import io.obstat.notifier.Card.Button;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks for a reason, or for the question, where one is needed. */
final class SlackDialog {

    static final String REASON = "reason";
    private static final String TEXT = "text";
    private static final String CALLBACK = "review";

    private final SlackApi api;

    SlackDialog(SlackApi api) {
        this.api = api;
    }

    /** What the dialog carries from the click to the submission. */
    private record Carried(String button, String verb, String place) {}

    /** What was submitted. */
    record Content(SlackButton button, Verb verb, @Nullable String reason, SlackPlace place) {}

    /** The trigger is good for 3 s from the click. */
    Uni<Void> open(String trigger, SlackButton button, Verb verb, SlackPlace place) {
        var carried = new Carried(button.value(), verb.name().toLowerCase(Locale.ROOT), place.value());
        View view = View.builder()
                .type("modal")
                .callbackId(CALLBACK)
                .privateMetadata(new String(Json.write(carried), StandardCharsets.UTF_8))
                .title(ViewTitle.builder()
                        .type("plain_text")
                        .text(title(verb) + " #" + button.action().shortForm())
                        .build())
                .submit(ViewSubmit.builder()
                        .type("plain_text")
                        .text(title(verb))
                        .build())
                .close(ViewClose.builder().type("plain_text").text("Cancel").build())
                .blocks(List.of(InputBlock.builder()
                        .blockId(REASON)
                        .label(PlainTextObject.builder().text(prompt(verb)).build())
                        .element(PlainTextInputElement.builder()
                                .actionId(TEXT)
                                .multiline(true)
                                .minLength(1)
                                .maxLength(Review.LONGEST_REASON)
                                .build())
                        .build()))
                .build();
        return api.call(methods ->
                        methods.viewsOpen(open -> open.triggerId(trigger).view(view)))
                .replaceWithVoid();
    }

    /** @throws IllegalArgumentException when it is no dialog of ours */
    static Content read(JsonNode view) {
        if (!CALLBACK.equals(view.path("callback_id").asText())) {
            throw new IllegalArgumentException("it is no dialog of ours");
        }
        Carried carried =
                Json.readEvent(view.path("private_metadata").asText().getBytes(StandardCharsets.UTF_8), Carried.class);
        Verb verb = Verb.valueOf(carried.verb().toUpperCase(Locale.ROOT));
        if (!Button.offers(verb)) {
            throw new IllegalArgumentException(verb + " is not offered in a chat");
        }
        String reason = view.path("state")
                .path("values")
                .path(REASON)
                .path(TEXT)
                .path("value")
                .asText("");
        return new Content(
                SlackButton.read(carried.button()),
                verb,
                reason.isBlank() ? null : reason,
                SlackPlace.read(carried.place()));
    }

    private static String title(Verb verb) {
        return switch (verb) {
            case APPROVE -> "Approve";
            case REJECT -> "Reject";
            case ESCALATE -> "Escalate";
            case ASK -> "Ask";
            case CLAIM -> "I'm looking";
            case RELEASE, EDIT, BREAK_GLASS, SIGN, REVOKE ->
                throw new IllegalArgumentException(verb + " is not offered in a chat");
        };
    }

    private static String prompt(Verb verb) {
        return switch (verb) {
            case APPROVE -> "Why? It goes on record.";
            case REJECT -> "Why? The agent is told.";
            case ESCALATE -> "Why should others decide?";
            case ASK -> "What do you want to know? The agent answers in the thread.";
            case CLAIM -> "Why?";
            case RELEASE, EDIT, BREAK_GLASS, SIGN, REVOKE ->
                throw new IllegalArgumentException(verb + " is not offered in a chat");
        };
    }
}
