package io.obstat.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.notifier.Attempt;
import io.obstat.notifier.Attempt.Troubled;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAnswerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void shouldAcceptEvery2xx(int status) {
        assertThat(WebhookAnswer.read(status, null, NOW)).isEqualTo(new Attempt.Accepted());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 403, 404, 405, 409, 410, 413, 422, 451})
    void shouldFailAtOnceWhenTheReceiverDoesNotWantIt(int status) {
        assertThat(WebhookAnswer.read(status, "1", NOW)).isInstanceOf(Attempt.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void shouldTryAgainWhenItMayPass(int status) {
        assertThat(WebhookAnswer.read(status, null, NOW)).isEqualTo(new Troubled("Answered " + status, null));
    }

    @Test
    void shouldReadRetryAfterInSecondsAndAsADate() {
        assertThat(WebhookAnswer.read(429, "120", NOW)).isEqualTo(new Troubled("Answered 429", Duration.ofMinutes(2)));
        assertThat(WebhookAnswer.read(503, "Sun, 22 Nov 2026 10:01:00 GMT", NOW))
                .isEqualTo(new Troubled("Answered 503", Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "Sun, 22 Nov 2026 09:00:00 GMT", "99999999999999999999"})
    void shouldPassOverARetryAfterThatMakesNoSense(String retryAfter) {
        assertThat(WebhookAnswer.read(429, retryAfter, NOW)).isEqualTo(new Troubled("Answered 429", null));
    }

    @Test
    void shouldBoundHowLongAReceiverCanAskUsToWait() {
        assertThat(WebhookAnswer.read(429, "999999999999999999", NOW))
                .isEqualTo(new Troubled("Answered 429", Duration.ofDays(365)));
    }
}
