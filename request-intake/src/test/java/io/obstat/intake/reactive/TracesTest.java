package io.obstat.intake.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.intake.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {

    @Test
    void shouldHandOnTheCallersTrace() {
        // Given
        // When
        // Then
        assertThat(Traces.handedOn(Samples.TRACEPARENT)).isEqualTo(Samples.TRACEPARENT);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01"
            })
    void shouldBeginATraceWhenThereIsNone(String traceparent) {
        // Given
        // When
        String trace = Traces.handedOn(traceparent);
        // Then
        assertThat(trace).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01").isNotEqualTo(Traces.handedOn(traceparent));
    }
}
