package io.obstat.sdk;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An agent's way to Obstat. {@link #run} is the whole road: ask, wait, prove, redeem, do, report. {@link #request} begins the same road for those
 * who want to take the steps by themselves: {@code Requested → Answer (Approved) → Redemption (Redeemed)}, each step a type, so that none can be
 * left out. Thread safe. Made by {@code io.obstat.sdk.http.HttpObstat}.
 */
public final class ObstatClient implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ObstatClient.class.getName());

    /** How long {@link #run} lets the request itself wait: policy that needs nobody answers within it, saving a round trip. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private final AgentIdentity identity;
    private final Services services;
    private final Proof proof;
    private final Duration patience;
    private final InstantSource clock;
    private final BackOffs backOffs = new BackOffs();
    private final Unanswered unanswered = new Unanswered();

    /**
     * What the client talks to.
     *
     * @param closer closes what was opened for it
     */
    public record Services(Actions actions, Decisions decisions, Grants grants, Runnable closer) {}

    /**
     * A client of these services.
     *
     * @param patience how long {@link #run} waits for a decision
     */
    public ObstatClient(
            AgentIdentity identity, Services services, Proof proof, Duration patience, InstantSource clock) {
        this.identity = identity;
        this.services = services;
        this.proof = proof;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Asks. Safe to repeat: a draft with an idempotency key is the same action each time.
     *
     * @throws RefusedException when the request is not acceptable as it is; the message names the field
     * @throws UnreachableException when request-intake could not be reached in the time allowed
     * @throws UntrustedException when the service understood another action than this one
     */
    public Requested request(ActionDraft draft) throws InterruptedException {
        return request(draft, Duration.ZERO);
    }

    private Requested request(ActionDraft draft, Duration wait) throws InterruptedException {
        ActionDigest digest = identity.digestOf(draft.action());
        String given = draft.idempotencyKey();
        String key = given == null ? "sdk-" + UUID.randomUUID() : given;
        Actions.Accepted accepted = services.actions().submit(draft, key, wait);
        if (!accepted.digest().equals(digest)) {
            throw new UntrustedException(
                    "request-intake took the action for %s, it is %s: the token speaks for another agent or person than %s"
                            .formatted(accepted.digest(), digest, identity));
        }
        return new Requested(this, accepted.id(), draft.action(), digest, accepted.decision());
    }

    /**
     * The decision on an action, proven, as soon as there is one; for whoever has only the id. {@link Requested#await} also holds it against
     * what was asked: until then its {@code parameters} and {@code supersededBy} are nobody's word.
     *
     * @return empty when there was none in time
     * @throws UntrustedException when a decision came that decision-service did not sign
     * @throws UnreachableException when nothing could be heard until the end of the wait
     */
    public Optional<Decision> awaitDecision(ActionId action, Duration within) throws InterruptedException {
        Optional<Decision> decision = services.decisions().await(action, within);
        if (decision.isEmpty()) {
            return decision;
        }
        if (!decision.get().actionId().equals(action)) {
            throw new UntrustedException("The decision is on %s, asked was %s"
                    .formatted(decision.get().actionId(), action));
        }
        return Optional.of(proof.require(decision.get()));
    }

    /**
     * Asks for the action, waits for the decision, and when it is allowed does the work under its grant and reports how it ended.
     *
     * @param work is called at most once, and only with a grant redeemed for exactly this action
     * @throws ObstatException when no answer could be had, or none to be trusted; nothing was run
     * @throws InterruptedException when interrupted before the work began; nothing was run
     */
    public <T> Attempt<T> run(ActionDraft draft, Work<T> work) throws InterruptedException {
        return run(draft, draft::action, work);
    }

    /**
     * The same, for work to which other inputs are as good: when a reviewer changed them, exactly the changed ones are what runs. Without this nothing
     * runs then, and {@link Refusal.Edited} says so.
     *
     * @param work has to take its inputs from {@link Redeemed#action()}, which are those that were allowed
     */
    public <T> Attempt<T> runAsEdited(ActionDraft draft, Work<T> work) throws InterruptedException {
        return run(
                draft,
                answer -> answer instanceof Refusal.Edited edited ? edited.approved() : answer,
                Approved::action,
                work);
    }

    /**
     * The same, for work that is prepared anew between asking and doing, such as a statement read from a file.
     *
     * @param aboutToRun gives what is really about to run, right before it does; when its digest differs, nothing runs
     */
    public <T> Attempt<T> run(ActionDraft draft, Supplier<Action> aboutToRun, Work<T> work)
            throws InterruptedException {
        return run(draft, UnaryOperator.identity(), approved -> aboutToRun.get(), work);
    }

    private <T> Attempt<T> run(
            ActionDraft draft, UnaryOperator<Answer> accepted, Function<Approved, Action> aboutToRun, Work<T> work)
            throws InterruptedException {
        ActionDigest digest = identity.digestOf(draft.action());
        Optional<Refusal.BackingOff> backingOff = backOffs.on(digest, clock.instant());
        if (backingOff.isPresent()) {
            return new Attempt.NotRun<>(backingOff.get());
        }
        Duration atOnce = patience.compareTo(AT_ONCE) < 0 ? patience : AT_ONCE;
        Answer answer = request(draft, atOnce).await(patience);
        return switch (accepted.apply(answer)) {
            case Approved approved ->
                switch (approved.redeem(aboutToRun.apply(approved))) {
                    case Redeemed redeemed -> execute(redeemed, work);
                    case Refusal.GrantRefused refused -> new Attempt.NotRun<>(refused);
                };
            case Refusal.Denied denied -> {
                backOffs.remember(denied.decision().digest(), denied);
                yield new Attempt.NotRun<>(denied);
            }
            case Refusal.ByDecision other -> new Attempt.NotRun<>(other);
            case Refusal.Edited edited -> new Attempt.NotRun<>(edited);
            case Refusal.Undecided undecided -> new Attempt.NotRun<>(undecided);
        };
    }

    private static <T> Attempt<T> execute(Redeemed redeemed, Work<T> work) {
        T value;
        try {
            value = work.run(redeemed);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return new Attempt.Failed<>(
                    redeemed.actionId(), e, reported(redeemed, () -> redeemed.failed(e.toString())));
        } catch (Error e) {
            reported(redeemed, () -> redeemed.failed(e.toString()));
            throw e;
        }
        return new Attempt.Ran<>(redeemed.actionId(), value, reported(redeemed, () -> redeemed.succeeded(null)));
    }

    /** A report that fails does not undo what ran; it is told instead. */
    private static boolean reported(Redeemed redeemed, Report report) {
        boolean interrupted = Thread.interrupted();
        try {
            report.send();
            return true;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The outcome of " + redeemed.actionId() + " is not reported", e);
            return false;
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @FunctionalInterface
    private interface Report {
        void send() throws InterruptedException;
    }

    AgentIdentity identity() {
        return identity;
    }

    Actions actions() {
        return services.actions();
    }

    Grants grants() {
        return services.grants();
    }

    Proof proof() {
        return proof;
    }

    Unanswered unanswered() {
        return unanswered;
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        services.closer().run();
    }
}
