package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplaysTest {

    private static final Instant NOW = Samples.NOW;
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final Replays replays = new Replays(WINDOW);

    @Test
    void shouldRecogniseARepeatThroughoutTheWindow() {
        // Given
        assertThat(replays.first("a", NOW)).isTrue();

        // When, Then a repeat does not prolong it
        assertThat(replays.first("a", NOW)).isFalse();
        assertThat(replays.first("b", NOW.plusSeconds(1))).isTrue();
        assertThat(replays.first("a", NOW.plus(WINDOW))).isFalse();
        assertThat(replays.first("a", NOW.plus(WINDOW).plusNanos(1))).isTrue();
        assertThat(replays.first("b", NOW.plus(WINDOW).plusNanos(1))).isFalse();
    }

    @Test
    void shouldLetWhatDidNotGetThroughComeAgain() {
        // Given
        replays.first("a", NOW);
        replays.first("b", NOW);

        // When
        replays.forget("a");
        replays.forget("never seen");

        // Then
        assertThat(replays.first("a", NOW)).isTrue();
        assertThat(replays.first("b", NOW)).isFalse();
    }

    @Test
    void shouldForgetTheOldestOnlyWhenThereAreTooMany() {
        // Given
        long firsts = IntStream.range(0, 100_000)
                .filter(n -> replays.first("mark-" + n, NOW))
                .count();

        // When
        IntStream.range(0, 10).forEach(n -> replays.first("more-" + n, NOW));

        // Then
        assertThat(firsts).isEqualTo(100_000);
        assertThat(replays.first("mark-99999", NOW)).isFalse();
        assertThat(replays.first("more-9", NOW)).isFalse();
        assertThat(replays.first("mark-0", NOW)).isTrue();
    }
}
