package io.obstat.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    wait=5                               | 5
                    WAIT = "10"                          | 10
                    respond-async, wait=7; x=y           | 7
                    return=minimal,wait=3,wait=9         | 3
                    wait=61                              | 60
                    wait=999999999                       | 60
                    """)
    void shouldReadHowLongToWait(String header, int seconds) {
        // Given
        // When
        // Then
        assertThat(Prefer.wait(List.of(header))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait=0",
                "respond-async",
                "wait",
                "wait=",
                "wait=-1",
                "wait=soon",
                "wait=99999999999",
                "awaits=5"
            })
    void shouldPassOverWhatIsNoWait(String header) {
        // Given
        // When
        // Then
        assertThat(Prefer.wait(List.of(header))).isEmpty();
    }

    @Test
    void shouldLookAtEveryHeader() {
        // Given
        List<String> headers = List.of("respond-async", "wait=4");
        // When
        // Then
        assertThat(Prefer.wait(headers)).contains(Duration.ofSeconds(4));
    }
}
