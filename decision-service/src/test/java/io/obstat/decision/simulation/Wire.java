package io.obstat.decision.simulation;

import io.obstat.contracts.EventId;
import io.obstat.decision.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The way from commit to reader, as {@code docs/adr/0003-outbox.md} has it: an outbox of committed facts, two instances that send what
 * they find there and crash at any point, and a reader that knows a repeat by its event id. A model; the real publisher has its own test.
 */
final class Wire {

    private final Random random;
    private final List<Fact> committed = new ArrayList<>();
    private final List<Integer> outbox = new ArrayList<>();
    private final List<Fact> topic = new ArrayList<>();
    private final Sender[] senders = {new Sender(), new Sender()};
    private int crashes;

    Wire(Random random) {
        this.random = random;
    }

    void commit(List<Fact> facts) {
        for (Fact fact : facts) {
            outbox.add(committed.size());
            committed.add(fact);
        }
    }

    /** Lets an instance do the next thing that it would do. */
    void work() {
        senders[random.nextInt(senders.length)].work();
    }

    /** What was left behind is sent in the end. */
    void settle() {
        for (int steps = 0; !outbox.isEmpty() && steps < 10_000; steps++) {
            work();
        }
    }

    List<Fact> committed() {
        return committed;
    }

    int repeats() {
        return topic.size() - committed.size();
    }

    int crashes() {
        return crashes;
    }

    /** What a reader takes in: the first appearance of each event id. */
    List<Fact> read() {
        var seen = new HashSet<EventId>();
        return topic.stream().filter(fact -> seen.add(fact.id())).toList();
    }

    private final class Sender {

        private @Nullable List<Integer> batch;
        private int sent;

        void work() {
            if (batch == null) {
                batch = List.copyOf(outbox);
                sent = 0;
            } else if (random.nextInt(12) == 0) {
                // It may have sent some, or all, and noted nothing.
                batch = null;
                crashes++;
            } else if (sent < batch.size()) {
                topic.add(committed.get(batch.get(sent)));
                sent++;
            } else {
                outbox.removeAll(batch);
                batch = null;
            }
        }
    }
}
