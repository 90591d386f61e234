package io.obstat.notifier.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final List<UniEmitter<? super Void>> turns = new ArrayList<>();
    private final List<Throwable> troubles = new ArrayList<>();
    private final Turns worker = new Turns(() -> Uni.createFrom().emitter(turns::add), troubles::add);

    @Test
    void shouldTakeOneTurnAtATime() {
        // When
        worker.call();
        worker.call();
        worker.call();

        // Then
        assertThat(turns).hasSize(1);
    }

    @Test
    void shouldTakeAnotherTurnForWhatCameMeanwhile() {
        // Given
        worker.call();
        worker.call();
        worker.call();

        // When
        turns.getFirst().complete(null);

        // Then there is one more for both
        assertThat(turns).hasSize(2);
        turns.getLast().complete(null);
        assertThat(turns).hasSize(2);
    }

    @Test
    void shouldTakeAnotherTurnThoughOneFailed() {
        // Given
        worker.call();
        worker.call();

        // When
        turns.getFirst().fail(new IllegalStateException("no database"));

        // Then
        assertThat(troubles).singleElement().extracting(Throwable::getMessage).isEqualTo("no database");
        assertThat(turns).hasSize(2);
    }

    @Test
    void shouldRestWhenNobodyCalls() {
        // Given
        worker.call();

        // When
        turns.getFirst().complete(null);

        // Then
        assertThat(turns).hasSize(1);
        worker.call();
        assertThat(turns).hasSize(2);
    }
}
