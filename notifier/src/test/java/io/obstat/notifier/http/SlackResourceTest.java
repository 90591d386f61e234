package io.obstat.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ReviewId;
import io.obstat.notifier.Clicks;
import io.obstat.notifier.Samples;
import io.obstat.notifier.slack.SlackApp;
import io.obstat.notifier.slack.SlackSettings;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlackResourceTest {

    private static final byte[] BODY = "payload=%7B%7D".getBytes(StandardCharsets.UTF_8);

    @Test
    void shouldAnswer401ToWhoeverIsNotBelieved() throws IOException {
        // Given
        try (SlackApp app = app("secret")) {
            var resource = new SlackResource(Optional.of(app));

            // When, Then, and they are not told why
            for (String signature : new @Nullable String[] {null, "", "v0=00"}) {
                Response response = answer(resource, signature);
                assertThat(response.getStatus()).isEqualTo(401);
                assertThat(response.hasEntity()).isFalse();
            }
        }
    }

    @Test
    void shouldAnswer404WhereNoClickComesOverHttp() throws IOException {
        // Given
        try (SlackApp app = app(null)) {

            // When, Then
            assertThat(answer(new SlackResource(Optional.empty()), "v0=00").getStatus())
                    .isEqualTo(404);
            assertThat(answer(new SlackResource(Optional.of(app)), "v0=00").getStatus())
                    .isEqualTo(404);
        }
    }

    private static Response answer(SlackResource resource, @Nullable String signature) {
        String now = Long.toString(Samples.NOW.getEpochSecond());
        return resource.interaction(signature, now, BODY).await().atMost(Duration.ofSeconds(30));
    }

    private static SlackApp app(@Nullable String signingSecret) {
        var settings = new SlackSettings(
                "T1", "A1", "xoxb-1", signingSecret, null, URI.create("http://localhost:1/"), Duration.ofSeconds(1));
        return new SlackApp(
                settings,
                (action, review) -> {
                    throw new AssertionError("Nothing may be submitted, and this was: " + review);
                },
                new NoClicks(),
                InstantSource.fixed(Samples.NOW));
    }

    private static final class NoClicks implements Clicks {

        @Override
        public CompletionStage<Void> note(ReviewId review, String place, Instant at) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Optional<String>> place(ReviewId review) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }
}
