package io.obstat.intake.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.intake.IdempotencyKey;
import io.obstat.intake.Intake;
import io.obstat.intake.Reception;
import io.obstat.intake.Samples;
import org.junit.jupiter.api.Test;

class DecisionWaitsTest {

    private final DecisionWaits waits = new DecisionWaits();

    @Test
    void shouldAnswerEverybodyWhoWaitsForTheActionAndNobodyElse() {
        // Given
        ActionRequested asked = requested("1");
        ActionRequested other = requested("2");
        try (var first = waits.open(asked.actionId()).orElseThrow();
                var second = waits.open(asked.actionId()).orElseThrow();
                var third = waits.open(other.actionId()).orElseThrow()) {
            Decision decision = Samples.decision(asked, Outcome.ALLOWED);
            // When
            waits.decided(decision);
            // Then
            assertThat(first.decision()).isCompletedWithValue(decision);
            assertThat(second.decision()).isCompletedWithValue(decision);
            assertThat(third.decision().toCompletableFuture()).isNotDone();
        }
        assertThat(waits.size()).isZero();
    }

    @Test
    void shouldHoldNoMoreThanItCan() {
        // Given
        ActionRequested asked = requested("1");
        for (int i = 0; i < 10_000; i++) {
            assertThat(waits.open(asked.actionId())).isPresent();
        }
        // When
        // Then
        assertThat(waits.open(asked.actionId())).isEmpty();
        assertThat(waits.size()).isEqualTo(10_000);
    }

    private static ActionRequested requested(String key) {
        Reception reception = Intake.receive(
                Samples.VERIFIED,
                Samples.body("true"),
                new IdempotencyKey(key),
                Samples.TRACEPARENT,
                null,
                Samples.NOW);
        return ((Reception.Accepted) reception).action().requested();
    }
}
