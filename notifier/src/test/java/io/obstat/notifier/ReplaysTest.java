package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplaysTest {

    private static final Instant NOW = Samples.NOW;
    private static final Instant END = NOW.plusSeconds(60);

    private final Replays<String> replays = new Replays<>(3);

    @Test
    void shouldRecogniseARepeatUntilItIsBelievedNoMore() {
        // Given
        boolean first = replays.first("a", END, NOW);

        // When, Then a repeat does not prolong it
        assertThat(first).isTrue();
        assertThat(replays.first("a", END.plusSeconds(60), END.minusMillis(1))).isFalse();
        assertThat(replays.first("b", END, NOW)).isTrue();
        assertThat(replays.first("a", END.plusSeconds(60), END)).isTrue();
        assertThat(replays.first("a", END.plusSeconds(60), END)).isFalse();
    }

    @Test
    void shouldLetWhatDidNotGetThroughComeAgain() {
        // Given
        replays.first("a", END, NOW);
        replays.first("b", END, NOW);

        // When
        replays.forget("a");
        replays.forget("never seen");

        // Then
        assertThat(replays.first("a", END, NOW)).isTrue();
        assertThat(replays.first("b", END, NOW)).isFalse();
    }

    @Test
    void shouldForgetTheOldestBeyondItsBound() {
        // Given
        List.of("1", "2", "3", "4").forEach(mark -> replays.first(mark, END, NOW));

        // When
        boolean fourth = replays.first("4", END, NOW);
        boolean second = replays.first("2", END, NOW);
        boolean first = replays.first("1", END, NOW);

        // Then
        assertThat(fourth).isFalse();
        assertThat(second).isFalse();
        assertThat(first).isTrue();
    }
}
