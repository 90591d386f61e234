package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Facts that are committed and not yet known to be on Kafka. */
public interface Outbox {

    /** Forgets published facts of an action, and returns those that have come after them, in order. */
    Uni<List<OutgoingFact>> published(ActionId action, List<OutgoingFact> facts);

    /** Takes over actions whose facts nobody publishes any more, at most {@code most}: all their facts, in order for each action. */
    Uni<List<OutgoingFact>> takeOver(int most);
}
