package io.obstat.local.chat.slack;

import io.obstat.local.chat.shape.Rule;
import io.obstat.local.chat.shape.Rules;
import io.obstat.local.chat.shape.Shape;

/** Slack's composition objects. */
final class Texts {

    private Texts() {}

    /** Plain text of at least one character. */
    static Shape plain(int most) {
        return Shape.of("plain_text").required("text", Rules.text(1, most)).optional("emoji", Rules.flag());
    }

    /** Plain text, or text in Slack's markup. */
    static Rule any(int least, int most) {
        return Rules.oneOf(
                Shape.of("plain_text").required("text", Rules.text(least, most)).optional("emoji", Rules.flag()),
                Shape.of("mrkdwn").required("text", Rules.text(least, most)).optional("verbatim", Rules.flag()));
    }

    static Rule option() {
        return Shape.plain()
                .required("text", any(1, 75))
                .required("value", Rules.text(1, 150))
                .optional("description", any(1, 75))
                .optional("url", Rules.text(1, 3000));
    }

    static Rule confirm() {
        return Shape.plain()
                .required("title", plain(100))
                .required("text", any(1, 300))
                .required("confirm", plain(30))
                .required("deny", plain(30))
                .optional("style", Rules.word("primary", "danger"));
    }
}
