package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.decision.ApprovalView.State;
import java.time.Instant;

/** What a listener of the {@link ApprovalFeed} is told. */
public sealed interface News {

    /** From now on nothing is missed; what came before is to be read elsewhere. */
    record Listening() implements News {}

    /**
     * An approval was opened or changed.
     *
     * @param state where it stands
     * @param at when, by the clock of whoever changed it; or less, so that {@link ApprovalFeed#news} since then has all that was not told before it
     */
    record Changed(ActionId actionId, State state, Instant at) implements News {}

    /** There was more than could be told: read everything anew. */
    record Missed() implements News {}

    /** Nothing of note, so that the connection is not taken for dead. */
    record Heartbeat() implements News {}
}
