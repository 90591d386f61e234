package io.obstat.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWordsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.987Z");

    @Test
    void shouldSayTheDayOnlyWhenItIsAnother() {
        // Given, When, Then
        assertThat(TimeWords.until(NOON, NOON.plusSeconds(1799))).isEqualTo("until 12:29:59 UTC");
        assertThat(TimeWords.until(NOON, NOON.plus(Duration.ofDays(1)))).isEqualTo("until 2026-11-23 12:00:00 UTC");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0 seconds",
        "PT1S,1 second",
        "PT30M,30 minutes",
        "PT29M59S,29 minutes 59 seconds",
        "PT90M,1 hour 30 minutes",
        "PT72H,3 days",
        "P1DT1S,1 day 1 second"
    })
    void shouldSaySpansAsAPersonWould(Duration span, String words) {
        // Given, When, Then
        assertThat(TimeWords.span(span)).isEqualTo(words);
    }
}
