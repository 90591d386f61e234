package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.decision.Examples;
import io.obstat.decision.simulation.Finding;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Two real publishers over one outbox and one topic in memory. Everything that they wait for is answered by this, in any order: it
 * succeeds, it fails with or without having happened, or its instance dies before it hears. Leases run out by a clock that is a number.
 */
public final class Crashes {

    private static final int LEASE = 10;
    private static final List<ActionId> ACTIONS = IntStream.range(0, 3)
            .mapToObj(i -> ActionId.derive(Examples.AGENT, "action " + i))
            .toList();

    private final Random random;
    private final TreeMap<Long, Row> outbox = new TreeMap<>();
    private final List<OutgoingFact> committed = new ArrayList<>();
    private final List<OutgoingFact> topic = new ArrayList<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final Instance[] instances = {new Instance(), new Instance()};
    private int now;
    private String broken = "";

    private Crashes(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    private record Row(OutgoingFact fact, int leaseUntil) {}

    /** Something that a publisher waits for. */
    private record Awaited(Runnable answer, Runnable failure) {}

    /** The first of so many runs that broke something. */
    public static Optional<Finding> look(long runs, Map<String, Integer> seen) {
        for (long seed = 1; seed <= runs; seed++) {
            var crashes = new Crashes(seed);
            crashes.run(seen);
            if (!crashes.broken.isEmpty()) {
                return Optional.of(new Finding("FirstSightIsInOrder", seed, crashes.broken, "run " + seed));
            }
        }
        return Optional.empty();
    }

    private void run(Map<String, Integer> seen) {
        for (int i = 0; i < 60; i++) {
            Instance instance = instances[random.nextInt(instances.length)];
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> instance.commit();
                case 3 -> now += random.nextInt(LEASE);
                case 4 -> instance.sweep();
                case 5 -> {
                    if (random.nextInt(4) == 0) {
                        instance.die();
                        seen.merge("instances died", 1, Integer::sum);
                    }
                }
                default -> instance.hear();
            }
        }
        settle();
        check(seen);
    }

    /** In the end an instance stays up, and everything it waits for succeeds. */
    private void settle() {
        instances[0].die();
        if (random.nextBoolean()) {
            instances[1].die();
        } else {
            instances[1].hearAll();
        }
        for (int i = 0; i < 50 && !outbox.isEmpty(); i++) {
            now += LEASE + 1;
            instances[1].sweep();
            instances[1].hearAll();
        }
    }

    private void check(Map<String, Integer> seen) {
        for (ActionId action : ACTIONS) {
            List<Long> wanted = ordinals(committed, action);
            require(
                    ordinals(topic, action).stream().distinct().toList().equals(wanted),
                    "committed were %s, and read were %s".formatted(wanted, ordinals(topic, action)));
        }
        seen.merge("facts", committed.size(), Integer::sum);
        seen.merge("repeats", topic.size() - committed.size(), Integer::sum);
    }

    private static List<Long> ordinals(List<OutgoingFact> facts, ActionId action) {
        return facts.stream()
                .filter(fact -> fact.action().equals(action))
                .map(OutgoingFact::ordinal)
                .toList();
    }

    /** A publisher recovers from what it is thrown at, so what is wrong is noted instead. */
    private void require(boolean holds, String otherwise) {
        if (!holds && broken.isEmpty()) {
            broken = otherwise;
        }
    }

    /** A process: what it waits for is lost when it dies. */
    private final class Instance implements Outbox, FactChannel {

        private List<Awaited> awaited = new ArrayList<>();
        private Publisher publisher = new Publisher(this, this);
        private boolean sweeping;

        /** As a state change does: it publishes only when the outbox held no other fact of the action. */
        void commit() {
            ActionId action = ACTIONS.get(random.nextInt(ACTIONS.size()));
            boolean alone = outbox.values().stream()
                    .noneMatch(row -> row.fact().action().equals(action));
            var facts = new ArrayList<OutgoingFact>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                var fact = new OutgoingFact(committed.size(), action, "obstat.approvals", Map.of(), new byte[0]);
                committed.add(fact);
                facts.add(fact);
                outbox.put(fact.ordinal(), new Row(fact, alone ? now + LEASE : now));
            }
            if (alone && random.nextInt(6) > 0) {
                publisher.publish(facts);
            }
        }

        void sweep() {
            if (!sweeping) {
                sweeping = true;
                Publisher mine = publisher;
                publisher.sweep().subscribe().with(done -> sweeping &= mine != publisher);
            }
        }

        void die() {
            awaited = new ArrayList<>();
            publisher = new Publisher(this, this);
            sweeping = false;
        }

        void hear() {
            if (!awaited.isEmpty()) {
                Awaited next = awaited.remove(random.nextInt(awaited.size()));
                switch (random.nextInt(8)) {
                    case 0 -> next.failure().run();
                    default -> next.answer().run();
                }
            }
        }

        void hearAll() {
            while (!awaited.isEmpty()) {
                awaited.removeFirst().answer().run();
            }
        }

        @Override
        public Uni<Void> send(OutgoingFact fact) {
            List<Long> earlier = ordinals(committed, fact.action()).stream()
                    .filter(ordinal -> ordinal < fact.ordinal())
                    .toList();
            require(
                    acknowledged.containsAll(earlier),
                    "fact %d is sent, and not all of %s are acknowledged".formatted(fact.ordinal(), earlier));
            return this.<Void>waitFor(
                    emitter -> {
                        topic.add(fact);
                        acknowledged.add(fact.ordinal());
                        emitter.complete(null);
                    },
                    emitter -> {
                        if (random.nextBoolean()) {
                            topic.add(fact);
                        }
                        emitter.fail(new IOException("no broker answers"));
                    });
        }

        @Override
        public Uni<List<OutgoingFact>> published(ActionId action, List<OutgoingFact> facts) {
            return waitFor(emitter -> emitter.complete(forget(action, facts)), emitter -> {
                if (random.nextBoolean()) {
                    forget(action, facts);
                }
                emitter.fail(new IOException("no database answers"));
            });
        }

        @Override
        public Uni<List<OutgoingFact>> takeOver(int most) {
            return waitFor(
                    emitter -> emitter.complete(lease(most)),
                    emitter -> emitter.fail(new IOException("no database answers")));
        }

        private List<OutgoingFact> forget(ActionId action, List<OutgoingFact> facts) {
            facts.forEach(fact -> outbox.remove(fact.ordinal()));
            return ofAction(action);
        }

        private List<OutgoingFact> lease(int most) {
            var heads = new HashMap<ActionId, Row>();
            outbox.values().forEach(row -> heads.putIfAbsent(row.fact().action(), row));
            List<Row> free = heads.values().stream()
                    .filter(row -> row.leaseUntil() <= now)
                    .limit(most)
                    .toList();
            free.forEach(row -> outbox.put(row.fact().ordinal(), new Row(row.fact(), now + LEASE)));
            return free.stream()
                    .flatMap(row -> ofAction(row.fact().action()).stream())
                    .toList();
        }

        private List<OutgoingFact> ofAction(ActionId action) {
            return outbox.values().stream()
                    .map(Row::fact)
                    .filter(fact -> fact.action().equals(action))
                    .toList();
        }

        private <T> Uni<T> waitFor(
                java.util.function.Consumer<UniEmitter<? super T>> answer,
                java.util.function.Consumer<UniEmitter<? super T>> failure) {
            List<Awaited> mine = awaited;
            return Uni.createFrom()
                    .emitter(emitter ->
                            mine.add(new Awaited(() -> answer.accept(emitter), () -> failure.accept(emitter))));
        }
    }
}
