package io.obstat.local.chat.slack;

import io.obstat.local.chat.shape.Rule;
import io.obstat.local.chat.shape.Rules;
import io.obstat.local.chat.shape.Shape;

/** What a rich_text block is made of. */
final class RichText {

    private static final Rule STYLE = Shape.plain()
            .optional("bold", Rules.flag())
            .optional("italic", Rules.flag())
            .optional("strike", Rules.flag())
            .optional("underline", Rules.flag())
            .optional("code", Rules.flag());

    private static final Rule MENTION_STYLE = Shape.plain()
            .optional("bold", Rules.flag())
            .optional("italic", Rules.flag())
            .optional("strike", Rules.flag())
            .optional("highlight", Rules.flag())
            .optional("client_highlight", Rules.flag())
            .optional("unlink", Rules.flag());

    private static final Shape TEXT =
            Shape.of("text").required("text", Rules.text(1, Integer.MAX_VALUE)).optional("style", STYLE);

    private static final Shape LINK = Shape.of("link")
            .required("url", Rules.matching("(?:https?|mailto|tel|slack):.{1,2990}"))
            .optional("text", Rules.text())
            .optional("unsafe", Rules.flag())
            .optional("style", STYLE);

    private static final Rule INLINE = Rules.oneOf(
            TEXT,
            LINK,
            Shape.of("user")
                    .required("user_id", Rules.matching("[UW][A-Z0-9]+"))
                    .optional("style", MENTION_STYLE),
            Shape.of("usergroup")
                    .required("usergroup_id", Rules.matching("S[A-Z0-9]+"))
                    .optional("style", MENTION_STYLE),
            Shape.of("channel")
                    .required("channel_id", Rules.matching("[CDG][A-Z0-9]+"))
                    .optional("style", MENTION_STYLE),
            Shape.of("emoji")
                    .required("name", Rules.matching("[a-z0-9_+'-]+"))
                    .optional("unicode", Rules.text())
                    .optional("style", STYLE),
            Shape.of("date")
                    .required("timestamp", Rules.integer(0, 253_402_300_799L))
                    .required("format", Rules.text(1, 500))
                    .optional("url", Rules.text(1, 3000))
                    .optional("fallback", Rules.text(1, 500))
                    .optional("style", STYLE),
            Shape.of("broadcast").required("range", Rules.word("here", "channel", "everyone")),
            Shape.of("color").required("value", Rules.matching("#[0-9A-Fa-f]{6}")));

    private static final Rule INLINES = Rules.list(1, Integer.MAX_VALUE, INLINE);

    private static final Shape SECTION = Shape.of("rich_text_section").required("elements", INLINES);

    private static final Rule ELEMENT = Rules.oneOf(
            SECTION,
            Shape.of("rich_text_preformatted")
                    .required("elements", Rules.list(1, Integer.MAX_VALUE, Rules.oneOf(TEXT, LINK)))
                    .optional("border", Rules.integer(0, 1))
                    .optional("language", Rules.text()),
            Shape.of("rich_text_quote").required("elements", INLINES).optional("border", Rules.integer(0, 1)),
            Shape.of("rich_text_list")
                    .required("style", Rules.word("bullet", "ordered"))
                    .required("elements", Rules.list(1, Integer.MAX_VALUE, SECTION))
                    .optional("indent", Rules.integer(0, 8))
                    .optional("offset", Rules.integer(0, Integer.MAX_VALUE))
                    .optional("border", Rules.integer(0, 1)));

    private RichText() {}

    /** A section, a list, a quote or preformatted text. */
    static Rule element() {
        return ELEMENT;
    }
}
