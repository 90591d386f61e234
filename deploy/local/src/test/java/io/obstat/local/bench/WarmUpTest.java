package io.obstat.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void shouldGoOnWhileRoundsBecomeFaster() {
        // Given
        var warmUp = new WarmUp(Duration.ofMinutes(10));

        // When
        IntStream.range(1, 40).forEach(round -> warmUp.came(round * 10));

        // Then
        assertThat(warmUp.goesOn()).isTrue();
    }

    @Test
    void shouldEndWhenTwoMinutesHaveMadeNothingFaster() {
        // Given
        var warmUp = new WarmUp(Duration.ofMinutes(10));

        // When a new best is less than three in a hundred better, it is noise
        DoubleStream.of(5, 50, 100, 90, 101, 70, 102, 99, 98, 97, 96, 95, 94, 93)
                .forEach(warmUp::came);
        boolean before = warmUp.goesOn();
        warmUp.came(98);

        // Then
        assertThat(before).isTrue();
        assertThat(warmUp.goesOn()).isFalse();
    }

    @Test
    void shouldEndAfterTheLongestTime() {
        // Given
        var warmUp = new WarmUp(Duration.ofSeconds(30));

        // When
        IntStream.rangeClosed(1, 3).forEach(round -> warmUp.came(round * 10));

        // Then
        assertThat(warmUp.goesOn()).isFalse();
    }
}
