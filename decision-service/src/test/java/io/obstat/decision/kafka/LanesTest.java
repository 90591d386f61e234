package io.obstat.decision.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final List<String> begun = new ArrayList<>();

    @Test
    void shouldKeepTheOrderOfOneKeyAndLetOthersPass() {
        // Given
        var lanes = new Lanes(10);
        var first = new CompletableFuture<Void>();

        // When
        put(lanes, "a", "a1", first);
        put(lanes, "a", "a2", CompletableFuture.completedFuture(null));
        put(lanes, "b", "b1", CompletableFuture.completedFuture(null));
        List<String> beforeFirstIsDone = List.copyOf(begun);
        first.complete(null);

        // Then
        assertThat(beforeFirstIsDone).containsExactly("a1", "b1");
        assertThat(begun).containsExactly("a1", "b1", "a2");
    }

    @Test
    void shouldMakeWaitWhoBringsTooMuch() {
        // Given
        var lanes = new Lanes(2);
        var first = new CompletableFuture<Void>();
        var second = new CompletableFuture<Void>();

        // When
        CompletableFuture<Void> room = put(lanes, "a", "a1", first);
        CompletableFuture<Void> noRoom = put(lanes, "b", "b1", second);
        boolean waited = !noRoom.isDone();
        second.complete(null);

        // Then
        assertThat(room).isCompleted();
        assertThat(waited).isTrue();
        assertThat(noRoom).isCompleted();
    }

    @Test
    void shouldForgetALaneThatIsEmpty() {
        // Given
        var lanes = new Lanes(2);

        // When
        for (int i = 0; i < 1_000; i++) {
            assertThat(put(lanes, "key " + i % 3, "work", CompletableFuture.completedFuture(null)))
                    .isCompleted();
        }

        // Then
        assertThat(begun).hasSize(1_000);
    }

    private CompletableFuture<Void> put(Lanes lanes, String key, String name, CompletableFuture<Void> work) {
        return lanes.put(key, () -> {
                    begun.add(name);
                    return Uni.createFrom().completionStage(work);
                })
                .subscribeAsCompletionStage();
    }
}
