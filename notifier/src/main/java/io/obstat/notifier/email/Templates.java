package io.obstat.notifier.email;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The HTML part, in {@code templates/email}; checked against its types when the service is built. */
@CheckedTemplate(basePath = "email")
final class Templates {

    private Templates() {}

    static native TemplateInstance digest(Digest digest);
}
