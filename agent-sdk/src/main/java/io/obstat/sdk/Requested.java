package io.obstat.sdk;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.event.Decision;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request on record, waiting for its decision: await it, or take it back. */
public final class Requested {

    private final ObstatClient client;
    private final ActionId actionId;
    private final Action action;
    private final ActionDigest digest;
    private final @Nullable Decision early;

    Requested(ObstatClient client, ActionId actionId, Action action, ActionDigest digest, @Nullable Decision early) {
        this.client = client;
        this.actionId = actionId;
        this.action = action;
        this.digest = digest;
        this.early = early;
    }

    /** The action's id, for people and logs. */
    public ActionId actionId() {
        return actionId;
    }

    /** The digest of the action, computed here and confirmed by the service. */
    public ActionDigest digest() {
        return digest;
    }

    /**
     * The decision, proven, as soon as there is one.
     *
     * @throws UntrustedException when a decision came that decision-service did not sign, or one on another digest than that of what was asked, or
     *     of what was asked with the inputs that the decision brings
     * @throws UnreachableException when nothing could be heard until the end of the wait
     */
    public Answer await(Duration within) throws InterruptedException {
        Optional<Decision> decision = early == null
                ? client.awaitDecision(actionId, within)
                : Optional.of(client.proof().require(early));
        if (decision.isEmpty()) {
            return new Refusal.Undecided(actionId, within);
        }
        return answer(decision.get());
    }

    /**
     * Takes the request back.
     *
     * @throws RefusedException when it is decided already
     */
    public void withdraw(@Nullable String reason) throws InterruptedException {
        client.actions().withdraw(actionId, reason);
    }

    private Answer answer(Decision decision) {
        Action decided = decided(decision.parameters());
        ActionDigest expected = client.identity().digestOf(decided);
        // INVARIANT: NothingRunsWithoutGrant. Inputs are not signed by themselves: those that a decision brings count
        // only when
        // with them this very action has the digest that is signed, and a digest without its inputs counts for nothing.
        if (!decision.actionId().equals(actionId) || !decision.digest().equals(expected)) {
            throw new UntrustedException("The decision is on %s with %s, expected was %s with %s"
                    .formatted(decision.actionId(), decision.digest(), actionId, expected));
        }
        return switch (decision.outcome()) {
            case ALLOWED -> {
                Approved approved = new Approved(client, decided, decision);
                yield expected.equals(digest) ? approved : new Refusal.Edited(approved);
            }
            case DENIED -> new Refusal.Denied(decision);
            case REJECTED -> new Refusal.Rejected(decision);
            case EXPIRED -> new Refusal.Expired(decision);
            case WITHDRAWN -> new Refusal.Withdrawn(decision);
            case UNDELIVERABLE -> new Refusal.Undeliverable(decision);
            case SUPERSEDED -> new Refusal.Superseded(decision, instead(decision));
            case POLICY_CHANGED -> new Refusal.PolicyChanged(decision);
        };
    }

    /** The action as it was decided: with the inputs that a reviewer changed, if one did. */
    private Action decided(@Nullable Parameters parameters) {
        return parameters == null
                ? action
                : new Action(action.type(), action.resource(), action.environment(), parameters);
    }

    /** Which action that is nobody has signed, so its decision is held against what was asked here. */
    private Requested instead(Decision decision) {
        ActionId other =
                Objects.requireNonNull(decision.supersededBy(), "A superseded decision names the other action");
        return new Requested(client, other, action, digest, null);
    }
}
