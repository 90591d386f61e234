package io.obstat.sdk;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.Grant;
import io.obstat.contracts.event.Decision;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Allowed, with a grant for this one action that has not been taken up yet. */
public final class Approved implements Answer {

    private static final System.Logger LOG = System.getLogger(Approved.class.getName());

    /** How far the clocks of agent and service may be apart. The service has the last word on expiry. */
    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private final ObstatClient client;
    private final Action action;
    private final Decision decision;
    private final Grant grant;

    Approved(ObstatClient client, Action action, Decision decision) {
        this.client = client;
        this.action = action;
        this.decision = decision;
        this.grant = Objects.requireNonNull(decision.grant(), "An allowed decision has a grant");
    }

    /** What was allowed. */
    public Action action() {
        return action;
    }

    /** Who allowed it, and why. */
    public Decision decision() {
        return decision;
    }

    /** The leave to run, not yet taken up. */
    public Grant grant() {
        return grant;
    }

    /** Takes the grant up for exactly the action that was allowed. */
    public Redemption redeem() throws InterruptedException {
        return redeem(action);
    }

    /**
     * Takes the grant up for what is about to run, whose digest is computed here and now. When it differs from what was allowed, nothing runs, and
     * the attempt goes on record. When no answer comes it is refused with the cause {@code unanswered}, now and whenever this client has it again.
     *
     * @throws UnreachableException when the grant could not be presented in the time allowed; nothing may run then
     */
    public Redemption redeem(Action aboutToRun) throws InterruptedException {
        ActionDigest digest = client.identity().digestOf(aboutToRun);
        if (grant.expiresAt().plus(LEEWAY).isBefore(client.now())) {
            return refused("expired", "The grant expired at %s; ask again.".formatted(grant.expiresAt()));
        }
        // INVARIANT: NothingRunsWithoutGrant, and the grant is for the digest that was approved, whatever a service
        // says.
        if (!digest.equals(decision.digest())) {
            putOnRecord(digest);
            return refused(
                    "digest-differs",
                    "What is about to run is not what was approved (%s instead of %s); run what was approved, or ask for the new one."
                            .formatted(digest, decision.digest()));
        }
        if (client.unanswered().contains(grant.id())) {
            return unanswered();
        }
        return switch (presented(digest)) {
            case null -> unanswered();
            case Grants.Answer.Taken(var at) -> new Redeemed(client, aboutToRun, decision, grant.id(), at);
            case Grants.Answer.Refused(String cause, String explanation) -> refused(cause, explanation);
        };
    }

    /** Nothing when no answer came. */
    private Grants.@Nullable Answer presented(ActionDigest digest) throws InterruptedException {
        try {
            return client.grants().redeem(grant, digest);
        } catch (UnansweredException e) {
            LOG.log(System.Logger.Level.WARNING, "Whether " + grant.id() + " was taken up is not known", e);
            client.unanswered().remember(grant.id());
            return null;
        } catch (InterruptedException e) {
            client.unanswered().remember(grant.id());
            throw e;
        }
    }

    /** INVARIANT: a grant that may be used up is neither run on nor presented again, which could go on record as its second use. */
    private Refusal.GrantRefused unanswered() {
        return refused(
                "unanswered",
                "The grant was presented and no answer came, so it is not known whether the grant was taken up, and it will not be presented again. Ask anew, under another idempotency key.");
    }

    /** The service refuses another digest too, without using the grant up, and keeps the attempt for the ledger. */
    private void putOnRecord(ActionDigest digest) throws InterruptedException {
        try {
            client.grants().redeem(grant, digest);
        } catch (ObstatException e) {
            LOG.log(System.Logger.Level.WARNING, "The attempt to run another action than approved is not on record", e);
        }
    }

    private Refusal.GrantRefused refused(String cause, String explanation) {
        return new Refusal.GrantRefused(decision.actionId(), cause, explanation);
    }
}
