package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountdownTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT24M30S, expires in 24 min, calm",
        "PT10M, expires in 10 min, soon",
        "PT10M1S, expires in 10 min, calm",
        "PT59.9S, expires in 59 s, soon",
        "PT3H, expires in 3 h, calm",
        "PT3H10M, expires in 3 h 10 min, calm",
        "PT26H, expires in 1 day 2 h, calm",
        "P2D, expires in 2 days, calm",
        "PT0S, time is up, over",
        "PT-1S, time is up, over",
    })
    void shouldSayHowLongIsLeftAndNeverPromiseMore(Duration left, String text, String urgency) {
        // When
        Countdown countdown = Countdown.to(NOW.plus(left), NOW);

        // Then
        assertThat(countdown.text()).isEqualTo(text);
        assertThat(countdown.urgency()).isEqualTo(urgency);
    }
}
