package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.local.chat.shape.Fault;
import io.obstat.local.chat.shape.Rule;
import io.obstat.local.chat.shape.Rules;
import io.obstat.local.chat.shape.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adaptive Cards up to version 1.5, as their schema has them, and what Teams adds to them. A type that is not here is refused, and so is a property
 * that no type here has.
 *
 * @see <a href="http://adaptivecards.io/schemas/1.5.0/adaptive-card.json">the schema</a>
 */
final class AdaptiveCards {

    static final String CONTENT_TYPE = "application/vnd.microsoft.card.adaptive";

    private static final int MANY = Integer.MAX_VALUE;
    // SPEC:
    // https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views
    private static final int MOST_REFRESHED = 60;

    private static final Rule ELEMENTS = Rules.list(0, MANY, Rule.later(() -> AdaptiveCards.ELEMENT));
    private static final Rule ACTIONS = Rules.list(0, MANY, Rule.later(() -> AdaptiveCards.ACTION));
    private static final Rule SELECT_ACTION = Rule.later(() -> AdaptiveCards.SELECTABLE);
    private static final Rule CARD_IN_CARD = Rule.later(() -> AdaptiveCards.SHOWN_CARD);

    private static final Rule ALIGNMENT = Rules.wordInAnyCase("left", "center", "right");
    private static final Rule VERTICAL = Rules.wordInAnyCase("top", "center", "bottom");
    private static final Rule PIXELS = Rules.matching("[1-9][0-9]*px");
    private static final Rule CONTAINER_STYLE =
            Rules.wordInAnyCase("default", "emphasis", "good", "attention", "warning", "accent");
    private static final Rule IMAGE_SIZE = Rules.wordInAnyCase("auto", "stretch", "small", "medium", "large");
    private static final Rule WIDTH = Rules.either(Rules.number(), Rules.matching("auto|stretch|[1-9][0-9]*(?:px)?"));
    private static final Rule DATA = Rules.either(Rules.text(), Rules.object());

    private static final Map<String, Rule> ANYWHERE = Map.of(
            "id", Rules.text(1, MANY),
            "isVisible", Rules.flag(),
            "requires", Rules.object(),
            "fallback", Rules.either(Rules.wordInAnyCase("drop"), Rules.object()),
            "separator", Rules.flag(),
            "spacing", Rules.wordInAnyCase("default", "none", "small", "medium", "large", "extraLarge", "padding"),
            "height", Rules.either(Rules.wordInAnyCase("auto", "stretch"), PIXELS));

    private static final Map<String, Rule> BOX = Map.of(
            "selectAction", SELECT_ACTION,
            "style", CONTAINER_STYLE,
            "verticalContentAlignment", VERTICAL,
            "bleed", Rules.flag(),
            "backgroundImage", Rules.either(Rules.text(), Rules.object()),
            "minHeight", PIXELS,
            "rtl", Rules.flag());

    private static final Map<String, Rule> FONT = Map.of(
            "color", Rules.wordInAnyCase("default", "dark", "light", "accent", "good", "warning", "attention"),
            "fontType", Rules.wordInAnyCase("default", "monospace"),
            "isSubtle", Rules.flag(),
            "size", Rules.wordInAnyCase("default", "small", "medium", "large", "extraLarge"),
            "weight", Rules.wordInAnyCase("default", "lighter", "bolder"));

    private static final Rule TEXT_RUN = Rules.either(
            Rules.text(),
            Shape.of("TextRun")
                    .required("text", Rules.text())
                    .optional(FONT)
                    .optional("highlight", Rules.flag())
                    .optional("italic", Rules.flag())
                    .optional("strikethrough", Rules.flag())
                    .optional("underline", Rules.flag())
                    .optional("selectAction", SELECT_ACTION));

    private static final Shape COLUMN = Shape.inPlace("Column")
            .optional(ANYWHERE)
            .optional(BOX)
            .optional("items", ELEMENTS)
            .optional("width", WIDTH);

    private static final Shape FACT =
            Shape.inPlace("Fact").required("title", Rules.text()).required("value", Rules.text());

    private static final Shape TABLE_ROW = Shape.inPlace("TableRow")
            .optional(
                    "cells",
                    Rules.list(
                            0,
                            MANY,
                            Shape.inPlace("TableCell")
                                    .required("items", ELEMENTS)
                                    .optional(BOX)))
            .optional("style", CONTAINER_STYLE)
            .optional("horizontalCellContentAlignment", ALIGNMENT)
            .optional("verticalCellContentAlignment", VERTICAL);

    private static final Shape TABLE_COLUMN = Shape.inPlace("TableColumnDefinition")
            .optional("width", WIDTH)
            .optional("horizontalCellContentAlignment", ALIGNMENT)
            .optional("verticalCellContentAlignment", VERTICAL);

    private static final Shape IMAGE = element("Image")
            .required("url", Rules.matching("(?:https://|data:image/).+"))
            .optional("altText", Rules.text())
            .optional("backgroundColor", Rules.text())
            .optional("horizontalAlignment", ALIGNMENT)
            .optional("selectAction", SELECT_ACTION)
            .optional("size", IMAGE_SIZE)
            .optional("style", Rules.wordInAnyCase("default", "person"))
            .optional("width", PIXELS);

    private static final Shape CHOICE =
            Shape.inPlace("Input.Choice").required("title", Rules.text()).required("value", Rules.text());

    private static final Rule ELEMENT = Rules.oneOf(
            element("TextBlock")
                    .required("text", Rules.text())
                    .optional(FONT)
                    .optional("horizontalAlignment", ALIGNMENT)
                    .optional("maxLines", Rules.number())
                    .optional("wrap", Rules.flag())
                    .optional("style", Rules.wordInAnyCase("default", "heading")),
            element("RichTextBlock")
                    .required("inlines", Rules.list(0, MANY, TEXT_RUN))
                    .optional("horizontalAlignment", ALIGNMENT),
            element("Container").required("items", ELEMENTS).optional(BOX),
            element("ColumnSet")
                    .optional(BOX)
                    .optional("columns", Rules.list(0, MANY, COLUMN))
                    .optional("horizontalAlignment", ALIGNMENT),
            element("FactSet").required("facts", Rules.list(1, MANY, FACT)),
            element("ActionSet").required("actions", ACTIONS),
            IMAGE,
            element("ImageSet").required("images", Rules.list(1, MANY, IMAGE)).optional("imageSize", IMAGE_SIZE),
            element("Table")
                    .optional("columns", Rules.list(0, MANY, TABLE_COLUMN))
                    .optional("rows", Rules.list(0, MANY, TABLE_ROW))
                    .optional("firstRowAsHeader", Rules.flag())
                    .optional("showGridLines", Rules.flag())
                    .optional("gridStyle", CONTAINER_STYLE)
                    .optional("horizontalCellContentAlignment", ALIGNMENT)
                    .optional("verticalCellContentAlignment", VERTICAL),
            input("Input.Text")
                    .optional("isMultiline", Rules.flag())
                    .optional("maxLength", Rules.integer(1, MANY))
                    .optional("placeholder", Rules.text())
                    .optional("regex", Rules.text())
                    .optional("style", Rules.wordInAnyCase("text", "tel", "url", "email", "password"))
                    .optional("inlineAction", SELECT_ACTION)
                    .optional("value", Rules.text()),
            input("Input.ChoiceSet")
                    .optional("choices", Rules.list(0, MANY, CHOICE))
                    .optional("isMultiSelect", Rules.flag())
                    .optional("style", Rules.wordInAnyCase("compact", "expanded", "filtered"))
                    .optional("value", Rules.text())
                    .optional("placeholder", Rules.text())
                    .optional("wrap", Rules.flag()),
            input("Input.Toggle")
                    .required("title", Rules.text())
                    .optional("value", Rules.text())
                    .optional("valueOff", Rules.text())
                    .optional("valueOn", Rules.text())
                    .optional("wrap", Rules.flag()));

    private static final Shape EXECUTE = action("Action.Execute")
            .optional("verb", Rules.text())
            .optional("data", DATA)
            .optional("associatedInputs", Rules.wordInAnyCase("auto", "none"));

    private static final Shape OPEN_URL =
            action("Action.OpenUrl").required("url", Rules.matching("(?:https?|mailto|tel|msteams):.+"));

    private static final Shape SUBMIT = action("Action.Submit")
            .optional("data", DATA)
            .optional("associatedInputs", Rules.wordInAnyCase("auto", "none"));

    private static final Shape TOGGLE = action("Action.ToggleVisibility")
            .required(
                    "targetElements",
                    Rules.list(
                            1,
                            MANY,
                            Rules.either(
                                    Rules.text(),
                                    Shape.inPlace("TargetElement")
                                            .required("elementId", Rules.text())
                                            .optional("isVisible", Rules.flag()))));

    private static final Rule SELECTABLE = Rules.oneOf(EXECUTE, OPEN_URL, SUBMIT, TOGGLE);

    private static final Rule ACTION = Rules.oneOf(
            EXECUTE, OPEN_URL, SUBMIT, TOGGLE, action("Action.ShowCard").required("card", CARD_IN_CARD));

    private static final Shape SHOWN_CARD = Shape.of("AdaptiveCard")
            .optional("$schema", Rules.text())
            .optional("version", Rules.matching("1\\.[0-5]"))
            .optional("body", ELEMENTS)
            .optional("actions", ACTIONS)
            .optional("selectAction", SELECT_ACTION)
            .optional("fallbackText", Rules.text())
            .optional("backgroundImage", Rules.either(Rules.text(), Rules.object()))
            .optional("minHeight", PIXELS)
            .optional("rtl", Rules.flag())
            .optional("speak", Rules.text())
            .optional("lang", Rules.text())
            .optional("verticalContentAlignment", VERTICAL);

    private static final Shape CARD = SHOWN_CARD
            .required("version", Rules.matching("1\\.[0-5]"))
            .optional(
                    "refresh",
                    Shape.inPlace("Refresh")
                            .required("action", EXECUTE)
                            .optional("userIds", Rules.list(0, MOST_REFRESHED, Rules.matching("29:.+"))))
            .optional("authentication", Rules.object())
            .optional(
                    "msteams",
                    Shape.plain()
                            .optional("width", Rules.wordInAnyCase("full"))
                            .optional("entities", Rules.list(0, MANY, Rules.object())))
            .and("an id is there twice", AdaptiveCards::idsDiffer);

    private AdaptiveCards() {}

    private static Shape element(String type) {
        return Shape.of(type).optional(ANYWHERE);
    }

    private static Shape input(String type) {
        return element(type)
                .required("id", Rules.text(1, MANY))
                .optional("label", Rules.text())
                .optional("isRequired", Rules.flag())
                .optional("errorMessage", Rules.text());
    }

    private static Shape action(String type) {
        return Shape.of(type)
                .optional("title", Rules.text())
                .optional("iconUrl", Rules.text())
                .optional("id", Rules.text(1, MANY))
                .optional("style", Rules.wordInAnyCase("default", "positive", "destructive"))
                .optional("fallback", Rules.either(Rules.wordInAnyCase("drop"), Rules.object()))
                .optional("tooltip", Rules.text())
                .optional("isEnabled", Rules.flag())
                .optional("mode", Rules.wordInAnyCase("primary", "secondary"))
                .optional("requires", Rules.object());
    }

    /** What is wrong with a card. */
    static List<Fault> faults(JsonNode card) {
        return CARD.faults(card);
    }

    private static boolean idsDiffer(JsonNode card) {
        return idsDiffer(card, new HashSet<>());
    }

    private static boolean idsDiffer(JsonNode node, Set<String> seen) {
        if (node.path("type").isTextual()
                && node.path("id").isTextual()
                && !seen.add(node.get("id").textValue())) {
            return false;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            // What an action carries is its own affair.
            if (!field.getKey().equals("data") && !idsDiffer(field.getValue(), seen)) {
                return false;
            }
        }
        if (node.isArray()) {
            for (JsonNode child : node) {
                if (!idsDiffer(child, seen)) {
                    return false;
                }
            }
        }
        return true;
    }
}
