package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Brings committed facts to Kafka: right after the commit, and by a sweep what was left behind by a crash or an outage. See
 * {@code docs/adr/0003-outbox.md}.
 *
 * <p>INVARIANT: a fact is sent only when every earlier fact of its action has been acknowledged. So whoever else may send them too, the first
 * time that a reader sees each fact of an action is in the order of the commits, and the rest are repeats, which it recognises by their
 * ids.
 */
@ApplicationScoped
public class Publisher {

    private static final Logger LOG = Logger.getLogger(Publisher.class);
    private static final int ACTIONS_AT_A_TIME = 100;

    private final Outbox outbox;
    private final FactChannel channel;
    private final Set<ActionId> underWay = ConcurrentHashMap.newKeySet();

    public Publisher(Outbox outbox, FactChannel channel) {
        this.outbox = outbox;
        this.channel = channel;
    }

    /** Publishes facts of one action, in the background. What cannot be published now is left to the sweep. */
    void publish(List<OutgoingFact> facts) {
        if (!facts.isEmpty()) {
            publishing(facts).subscribe().with(done -> {}, failure -> LOG.errorf(failure, "Publishing stopped"));
        }
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return Uni.createFrom()
                .deferred(this::sweepSome)
                .repeat()
                .whilst(found -> found)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("The outbox was not swept: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Whether there was any. What could not be published is leased, and so left to a later sweep. */
    private Uni<Boolean> sweepSome() {
        return outbox.takeOver(ACTIONS_AT_A_TIME)
                .chain(facts -> publishAll(facts).replaceWith(!facts.isEmpty()));
    }

    private Uni<Void> publishAll(List<OutgoingFact> facts) {
        List<Uni<Void>> actions = byAction(facts).stream()
                // Repeats would do no harm, but this instance knows that they are none of the sweep's business.
                .filter(ofOneAction -> !underWay.contains(ofOneAction.getFirst().action()))
                .map(this::publishing)
                .toList();
        return actions.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(actions).andCollectFailures().replaceWithVoid();
    }

    /** The facts of one action and those that follow them, until none are left or one cannot be sent. Does not fail. */
    private Uni<Void> publishing(List<OutgoingFact> facts) {
        ActionId action = facts.getFirst().action();
        underWay.add(action);
        return untilNoneIsLeft(action, facts)
                .onTermination()
                .invoke(() -> underWay.remove(action))
                .onFailure()
                .invoke(failure -> LOG.warnf("Facts of %s wait in the outbox: %s", action, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> untilNoneIsLeft(ActionId action, List<OutgoingFact> facts) {
        return Multi.createFrom()
                .iterable(facts)
                .onItem()
                .transformToUniAndConcatenate(channel::send)
                .collect()
                .last()
                .chain(() -> outbox.published(action, facts))
                .chain(next -> next.isEmpty() ? Uni.createFrom().voidItem() : untilNoneIsLeft(action, next));
    }

    private static List<List<OutgoingFact>> byAction(List<OutgoingFact> facts) {
        Map<ActionId, List<OutgoingFact>> byAction = new LinkedHashMap<>();
        facts.forEach(fact -> byAction.computeIfAbsent(fact.action(), action -> new ArrayList<>())
                .add(fact));
        return List.copyOf(byAction.values());
    }
}
