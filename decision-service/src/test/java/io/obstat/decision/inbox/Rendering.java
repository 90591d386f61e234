package io.obstat.decision.inbox;

import io.obstat.contracts.visible.Inputs;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.UserTagSectionHelper;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The templates as the service renders them, without the service. */
final class Rendering {

    private static final Engine ENGINE = engine();

    private Rendering() {}

    static String board(Board board) {
        return page("inbox/board").data("board", board).data("key", "key-1").render();
    }

    static String card(Card card, @Nullable Reply reply) {
        return template("inbox/card")
                .data("card", card)
                .data("reply", reply)
                .data("key", "key-1")
                .data("brief", false)
                .render();
    }

    static String plan(Plan plan) {
        return template("inbox/plan").data("plan", plan).data("key", "key-1").render();
    }

    static String inputs(Inputs inputs) {
        return template("inbox/inputs").data("inputs", inputs).data("id", "act").render();
    }

    static String request(Card card, @Nullable Reply reply) {
        return page("inbox/request")
                .data("card", card)
                .data("reply", reply)
                .data("key", "key-1")
                .render();
    }

    private static TemplateInstance page(String path) {
        return template(path).data("visitor", Party.of(Samples.REVIEWER, Samples.REVIEWER));
    }

    private static TemplateInstance template(String path) {
        return ENGINE.getTemplate(path).instance();
    }

    private static Engine engine() {
        var builder = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .strictRendering(true)
                .addLocator(Rendering::locate);
        for (String tag : List.of("text", "moment", "party", "verified")) {
            builder.addSectionHelper(new UserTagSectionHelper.Factory(tag, "tags/" + tag));
        }
        return builder.build();
    }

    private static Optional<TemplateLocation> locate(String path) {
        String resource = "templates/" + path + ".html";
        if (Rendering.class.getClassLoader().getResource(resource) == null) {
            return Optional.empty();
        }
        return Optional.of(new TemplateLocation() {
            @Override
            public Reader read() {
                InputStream stream = Rendering.class.getClassLoader().getResourceAsStream(resource);
                if (stream == null) {
                    throw new UncheckedIOException(new IOException("gone: " + resource));
                }
                return new InputStreamReader(stream, StandardCharsets.UTF_8);
            }

            @Override
            public Optional<Variant> getVariant() {
                return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
            }
        });
    }
}
