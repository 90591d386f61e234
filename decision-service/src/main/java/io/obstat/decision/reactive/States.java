package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.decision.Answer;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.Circumstances.Load;
import io.obstat.decision.Transition;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The stored states, one at a time. */
public interface States {

    /**
     * Loads the state ({@code Unopened} when there is none), applies {@code decide} to it and to what the inquiry found, and, when it changed anything, stores the new state
     * and the facts, all in one transaction that no other change of this action overlaps. {@code decide} may be called several times. When something is
     * due next by {@link io.obstat.decision.Decider#due} is stored in any case: settings may have moved it.
     *
     * @param traceparent the trace context of the cause, handed on to the facts
     * @return fails with {@link UnavailableException} when it could not be done; whether it was done is then unknown, and doing it again
     *     is safe; with {@link UndecidableException} when {@code decide} throws
     */
    <A extends Answer> Uni<Change<A>> change(
            ActionId id,
            @Nullable String traceparent,
            Inquiry inquiry,
            BiFunction<ApprovalState, Load, Transition<A>> decide);

    /** The same for what is most likely the first command of its action, which takes a single statement then. */
    <A extends Answer> Uni<Change<A>> begin(
            ActionId id, @Nullable String traceparent, Function<ApprovalState, Transition<A>> decide);

    /** Approvals for which something is due at {@code now} and that nobody is working on, the longest due first, after this one; at most {@code most}. */
    Uni<List<Due>> due(Instant now, @Nullable Due after, int most);

    /** Pending approvals on which another policy set has spoken last, in the order of their ids, after this one; at most {@code most}. */
    Uni<List<ActionId>> underOtherPolicy(String policySet, @Nullable ActionId after, int most);

    /** An approval and since when something is due on it, as it is stored. */
    record Due(Instant at, ActionId action) {}

    /**
     * What a command did to the store.
     *
     * @param outgoing the facts that the caller has to publish now, in order; empty when there are none, or when earlier facts of the
     *     action are still on their way and these have to wait for them
     */
    record Change<A extends Answer>(A answer, ApprovalState state, boolean changed, List<OutgoingFact> outgoing) {

        public Change {
            outgoing = List.copyOf(outgoing);
        }
    }
}
