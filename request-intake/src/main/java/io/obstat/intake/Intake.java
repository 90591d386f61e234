package io.obstat.intake;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The decisions of both doors. */
public final class Intake {

    /** How far ahead a deadline may lie. */
    public static final Duration LONGEST_DEADLINE = Duration.ofDays(365);

    private Intake() {}

    /**
     * Whether a request is new, a repetition, or neither.
     *
     * @param verified who asks
     * @param body what they ask
     * @param key under which they ask
     * @param traceparent W3C trace context, kept when the request is new
     * @param stored what is kept under the same agent and key, if anything is
     * @throws io.obstat.contracts.json.MalformedJsonException when the action has no digest, see {@link ActionDigest#of}
     */
    public static Reception receive(
            Verified verified,
            ActionRequestBody body,
            IdempotencyKey key,
            String traceparent,
            @Nullable StoredAction stored,
            Instant now) {
        ActionDigest digest = ActionDigest.of(verified.agent(), verified.onBehalfOf(), body.action());
        ActionId id = ActionId.derive(verified.agent(), key.value());
        if (stored != null) {
            // INVARIANT: a key stands for one action; a repetition is the same action even after its deadline.
            return stored.requested().digest().equals(digest)
                    ? new Reception.Repeated(stored)
                    : new Reception.KeyReused(id, stored.requested().digest(), digest);
        }
        Instant deadline = body.deadline();
        if (deadline != null && !deadline.isAfter(now)) {
            return invalidDeadline(
                    "is %s, which is over (it is %s); leave it out or choose a later one", deadline, now);
        }
        if (deadline != null && deadline.isAfter(now.plus(LONGEST_DEADLINE))) {
            return invalidDeadline("is %s, more than 365 days from now (%s); choose an earlier one", deadline, now);
        }
        var requested = new ActionRequested(id, digest, body.action(), verified, body.claimed(), now, deadline);
        return new Reception.Accepted(StoredAction.asked(requested, key, traceparent));
    }

    /**
     * Whether an agent takes back its request.
     *
     * @param id of the action
     * @param stored what is kept under it, if anything is
     * @param reason why, in the agent's words; at most 1,000 characters
     * @throws io.obstat.contracts.InvalidFieldException when the reason is too long
     */
    public static Withdrawal withdraw(
            ActionId id, @Nullable StoredAction stored, AgentId by, @Nullable String reason, Instant now) {
        if (stored == null || !isOwnOf(stored, by)) {
            return new Withdrawal.Unknown(id);
        }
        boolean decidedOtherwise =
                stored.decision() != null && stored.decision().outcome() != Outcome.WITHDRAWN;
        if (decidedOtherwise) {
            return new Withdrawal.AlreadyDecided(stored);
        }
        if (stored.withdrawn() != null || stored.decision() != null) {
            return new Withdrawal.AlreadyWithdrawn(stored);
        }
        return new Withdrawal.Withdrawn(stored.withdrawn(new ActionWithdrawn(stored.id(), by, reason, now)));
    }

    /** Whether this caller may see this request: the agent that asked, and auditors. */
    public static boolean maySee(StoredAction stored, Caller caller) {
        return switch (caller) {
            case Caller.Agent agent -> isOwnOf(stored, agent.id());
            case Caller.Human human -> human.isAuditor();
            case Caller.Nobody nobody -> false;
        };
    }

    private static boolean isOwnOf(StoredAction stored, AgentId by) {
        return stored.requested().verified().agent().equals(by);
    }

    private static Reception invalidDeadline(String problem, Instant deadline, Instant now) {
        return new Reception.Invalid(new FieldError("deadline", problem.formatted(deadline, now)));
    }
}
