package io.obstat.decision.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.decision.Examples;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private static final int MANY = 250;

    private final Queue<OutgoingFact> waiting = new ArrayDeque<>();
    private final List<OutgoingFact> sent = new ArrayList<>();
    private int looks;

    /** As the real one, it gives an action to one sweep only, for as long as its lease. */
    private final Outbox outbox = new Outbox() {

        @Override
        public Uni<List<OutgoingFact>> published(ActionId action, List<OutgoingFact> facts) {
            return Uni.createFrom().item(List.of());
        }

        @Override
        public Uni<List<OutgoingFact>> takeOver(int most) {
            looks++;
            var taken = new ArrayList<OutgoingFact>();
            while (taken.size() < most && !waiting.isEmpty()) {
                taken.add(waiting.remove());
            }
            return Uni.createFrom().item(taken);
        }
    };

    @Test
    void shouldSweepUntilNothingIsLeft() {
        // Given what an outage left behind
        leave(MANY);

        // When
        new Publisher(outbox, fact -> Uni.createFrom().voidItem().invoke(() -> sent.add(fact)))
                .sweep()
                .await()
                .indefinitely();

        // Then
        assertThat(sent).hasSize(MANY).doesNotHaveDuplicates();
    }

    @Test
    void shouldEndASweepThatCanPublishNothing() {
        // Given
        leave(MANY);

        // When
        new Publisher(outbox, fact -> Uni.createFrom().failure(new IOException("no broker answers")))
                .sweep()
                .await()
                .indefinitely();

        // Then
        assertThat(looks).isEqualTo(4);
    }

    private void leave(int facts) {
        for (int i = 0; i < facts; i++) {
            ActionId action = ActionId.derive(Examples.AGENT, "key " + i);
            waiting.add(new OutgoingFact(i, action, "obstat.approvals", Map.of(), new byte[0]));
        }
    }
}
