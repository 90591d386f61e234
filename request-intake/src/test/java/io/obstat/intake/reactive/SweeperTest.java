package io.obstat.intake.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.Decision;
import io.obstat.intake.IdempotencyKey;
import io.obstat.intake.Intake;
import io.obstat.intake.Reception;
import io.obstat.intake.Samples;
import io.obstat.intake.StoredAction;
import io.obstat.intake.Withdrawal;
import io.obstat.intake.kafka.Road;
import io.obstat.intake.kafka.Trouble;
import io.obstat.intake.quarkus.Surroundings;
import io.obstat.intake.reactive.Actions.Change;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a crash between the commit and Kafka's acknowledgement leaves: a row that nobody has published. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class SweeperTest {

    @Inject
    Vertx vertx;

    @Inject
    Actions actions;

    @Inject
    Sweeper sweeper;

    @Inject
    Road road;

    @AfterEach
    void endTrouble() {
        Trouble.AHEAD.set(0);
    }

    @Test
    void shouldPublishWhatACrashLeftBehind() {
        // Given
        StoredAction left = leave();
        // When
        run(() -> sweeper.sweep(Samples.NOW));
        run(() -> sweeper.sweep(Samples.NOW));
        // Then
        assertThat(road.requests(left.id().value())).containsExactly(left.requested());
        assertThat(road.actions())
                .filteredOn(envelope -> envelope.data().key().equals(left.id().value()))
                .as("the second sweep has nothing left to send")
                .hasSize(1);
        assertThat(stored(left.id()).isPublished()).isTrue();
    }

    @Test
    void shouldPublishAWithdrawalAfterItsRequest() {
        // Given
        StoredAction left = leave();
        run(() -> actions.update(left.id(), stored -> {
            Withdrawal withdrawal =
                    Intake.withdraw(left.id(), stored, Samples.ETL, null, Samples.NOW.minusSeconds(86_400));
            return new Change<>(withdrawal, withdrawal instanceof Withdrawal.Withdrawn it ? it.action() : null);
        }));
        // When
        run(() -> sweeper.sweep(Samples.NOW));
        // Then
        assertThat(road.actions())
                .filteredOn(envelope -> envelope.data().key().equals(left.id().value()))
                .extracting(envelope -> envelope.data().getClass().getSimpleName())
                .containsExactly("ActionRequested", "ActionWithdrawn");
    }

    @Test
    void shouldKeepWhatKafkaDoesNotTakeForTheNextSweep() {
        // Given
        run(() -> sweeper.sweep(Samples.NOW));
        StoredAction first = leave();
        StoredAction second = leave();
        Trouble.AHEAD.set(1);
        // When
        int swept = run(() -> sweeper.sweep(Samples.NOW));
        boolean bothPublished =
                stored(first.id()).isPublished() && stored(second.id()).isPublished();
        run(() -> sweeper.sweep(Samples.NOW));
        boolean takenAgainAtOnce =
                stored(first.id()).isPublished() && stored(second.id()).isPublished();
        run(() -> sweeper.sweep(Samples.NOW.plusSeconds(4)));
        // Then
        assertThat(swept).isEqualTo(1);
        assertThat(bothPublished).isFalse();
        assertThat(takenAgainAtOnce).isFalse();
        assertThat(stored(first.id()).isPublished()).isTrue();
        assertThat(stored(second.id()).isPublished()).isTrue();
    }

    @Test
    void shouldPublishOnceWhenSeveralInstancesSweepAtOnce() {
        // Given
        run(() -> sweeper.sweep(Samples.NOW));
        for (int i = 0; i < 20; i++) {
            leave();
        }
        int before = road.actions().size();
        // When
        var first = start(() -> sweeper.sweep(Samples.NOW));
        var second = start(() -> sweeper.sweep(Samples.NOW));
        int swept = first.join() + second.join();
        // Then
        assertThat(swept).isEqualTo(20);
        assertThat(road.actions()).hasSize(before + 20);
    }

    @Test
    void shouldNoteManyActionsFromTwoSidesAtOnce() {
        // Given actions whose publication and whose decision are noted in the same moments, each side in an order of
        // its own
        List<StoredAction> left =
                IntStream.range(0, 60).mapToObj(i -> leave()).collect(Collectors.toCollection(ArrayList::new));
        var random = new Random(20_261_125);

        // When
        var noted = new ArrayList<CompletableFuture<Void>>();
        for (int round = 0; round < 25; round++) {
            Collections.shuffle(left, random);
            List<StoredAction> sent = List.copyOf(left);
            Collections.shuffle(left, random);
            List<Decision> decisions = left.stream()
                    .map(action -> Samples.decision(action.requested(), Outcome.ALLOWED))
                    .toList();
            noted.add(start(() -> actions.published(sent, Samples.NOW)));
            noted.add(start(() -> actions.decided(decisions)));
        }
        noted.forEach(CompletableFuture::join);

        // Then
        assertThat(left).allSatisfy(action -> {
            assertThat(stored(action.id()).isPublished()).isTrue();
            assertThat(stored(action.id()).status()).isEqualTo(StoredAction.Status.DECIDED);
        });
    }

    private StoredAction leave() {
        var key = new IdempotencyKey(UUID.randomUUID().toString());
        var id = ActionId.derive(Samples.ETL, key.value());
        return run(() -> actions.update(id, stored -> {
            Reception reception = Intake.receive(
                    Samples.VERIFIED,
                    Samples.body("true"),
                    key,
                    Samples.TRACEPARENT,
                    stored,
                    Samples.NOW.minusSeconds(86_400));
            StoredAction action = ((Reception.Accepted) reception).action();
            return new Change<>(action, action);
        }));
    }

    private StoredAction stored(ActionId id) {
        return run(() -> actions.find(id)).orElseThrow();
    }

    private <T> T run(Supplier<Uni<T>> work) {
        return start(work).join();
    }

    /** On a Vert.x context of its own, as every request and every sweep has one. */
    private <T> CompletableFuture<T> start(Supplier<Uni<T>> work) {
        var result = new CompletableFuture<T>();
        var context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(ignored -> work.get().subscribe().with(result::complete, result::completeExceptionally));
        return result;
    }
}
