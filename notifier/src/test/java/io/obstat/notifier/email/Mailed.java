package io.obstat.notifier.email;

import io.obstat.contracts.Risk;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.notifier.Samples;
import io.obstat.notifier.Waiting;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Digests without a running notifier. */
final class Mailed {

    static final EmailSettings SETTINGS = new EmailSettings(
            "Obstat <obstat@example.com>",
            new EmailAddress("obstat@example.com"),
            Duration.ofMinutes(15),
            Duration.ofSeconds(10),
            Samples.INBOX);

    /** The template as the notifier has it, escaped as Quarkus escapes HTML. */
    private static final Template TEMPLATE = template();

    private Mailed() {}

    static String html(Digest digest) {
        return TEMPLATE.data("digest", digest).render();
    }

    static Waiting waiting(String key, Instant decideBy) {
        return waiting(
                key, "Export customer data from production", "postgres://prod/customers", "production", decideBy);
    }

    static Waiting waiting(String key, String title, String resource, String environment, Instant decideBy) {
        return new Waiting(
                Samples.action(key),
                Samples.action(key).shortForm(),
                Risk.HIGH,
                VisibleText.of(title),
                VisibleText.of("etl-agent"),
                VisibleText.of(resource),
                VisibleText.of(environment),
                decideBy,
                URI.create(Samples.INBOX + "/" + Samples.action(key)));
    }

    private static Template template() {
        Engine engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of("text/html")))
                .build();
        try (InputStream source = Mailed.class.getResourceAsStream("/templates/email/digest.html")) {
            if (source == null) {
                throw new IllegalStateException("There is no templates/email/digest.html");
            }
            return engine.parse(
                    new String(source.readAllBytes(), StandardCharsets.UTF_8), Variant.forContentType("text/html"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
