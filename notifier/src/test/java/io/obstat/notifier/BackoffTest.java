package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.InvalidFieldException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(30), Duration.ofHours(24));

    @Test
    void shouldDoubleUntilTheLongestWait() {
        // Given full jitter, which leaves the whole wait
        // When / Then
        assertThat(BACKOFF.after(1, 1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(BACKOFF.after(2, 1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(BACKOFF.after(5, 1)).isEqualTo(Duration.ofSeconds(80));
        assertThat(BACKOFF.after(10, 1)).isEqualTo(Duration.ofMinutes(30));
        assertThat(BACKOFF.after(Integer.MAX_VALUE, 1)).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void shouldSpreadOverTheUpperHalf() {
        // Given the third wait of 20 s
        // When / Then
        assertThat(BACKOFF.after(3, 0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(BACKOFF.after(3, 0.5)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("retry.first");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofHours(1)))
                .hasMessageContaining("retry.longest");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ZERO))
                .hasMessageContaining("retry.give-up-after");
    }
}
