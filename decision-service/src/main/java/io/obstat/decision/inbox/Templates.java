package io.obstat.decision.inbox;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import org.jspecify.annotations.Nullable;

/** The pages, in {@code templates/inbox}; checked against these types when the service is built. */
@CheckedTemplate(basePath = "inbox")
final class Templates {

    private Templates() {}

    static native TemplateInstance board(Board board, Party visitor, String key);

    /** One card of the list, as it is put in place of its older self. */
    static native TemplateInstance card(Card card, @Nullable Reply reply, String key, boolean brief);

    static native TemplateInstance request(Card card, @Nullable Reply reply, Party visitor, String key);

    /** Several steps of a plan, as they are put in place of their older selves. */
    static native TemplateInstance plan(Plan plan, String key);

    /** The same as a page. */
    static native TemplateInstance planPage(Plan plan, Party visitor, String key);

    static native TemplateInstance keys(KeyPage keys, @Nullable Reply reply, Party visitor);

    static native TemplateInstance away(AwayPage away, @Nullable Reply reply, Party visitor);

    static native TemplateInstance signedOut();

    static native TemplateInstance trouble(String heading, String detail);
}
