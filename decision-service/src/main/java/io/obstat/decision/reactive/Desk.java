package io.obstat.decision.reactive;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.Answer;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.Command;
import io.obstat.decision.Decider;
import io.obstat.decision.RedemptionAnswer;
import io.obstat.decision.ReportAnswer;
import io.obstat.decision.ReviewAnswer;
import io.obstat.decision.Transition;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where every command arrives: load, decide, store in one transaction; then publish the facts and wake whoever waits. Every {@code Uni}
 * that fails leaves it unknown whether the command was done; sending it again is safe.
 */
@ApplicationScoped
public class Desk implements Reviewing {

    private static final Logger LOG = Logger.getLogger(Desk.class);
    private static final int EXPIRIES_A_SWEEP = 200;

    private final Decider decider;
    private final States states;
    private final Publisher publisher;
    private final Instance<Changes> watchers;
    private final Clock clock;

    public Desk(Decider decider, States states, Publisher publisher, @Any Instance<Changes> watchers, Clock clock) {
        this.decider = decider;
        this.states = states;
        this.publisher = publisher;
        this.watchers = watchers;
        this.clock = clock;
    }

    public Uni<Answer.Noted> open(Verdict verdict, @Nullable String traceparent) {
        ActionId id = verdict.actionId();
        return states.begin(id, traceparent, state -> decider.open(state, new Command.Open(verdict, clock.instant())))
                .invoke(change -> committed(id, change))
                .map(States.Change::answer);
    }

    public Uni<Answer.Noted> withdraw(ActionWithdrawn withdrawal, @Nullable String traceparent) {
        return change(
                withdrawal.actionId(),
                traceparent,
                (state, now) -> decider.withdraw(state, new Command.Withdraw(withdrawal, now)));
    }

    /** A review from a channel, which may overtake the verdict on its way here: it is kept until then. */
    public Uni<ReviewAnswer> reviewFromChannel(ActionId action, Review review, @Nullable String traceparent) {
        return change(action, traceparent, (state, now) -> decider.submit(state, new Command.Submit(review, now)));
    }

    @Override
    public Uni<ReviewAnswer> review(ActionId action, Review review, @Nullable String traceparent) {
        return change(action, traceparent, (state, now) -> switch (state) {
            // Whoever reviews here has seen the approval here, so one that is not there never was.
            case ApprovalState.Unopened unopened -> Transition.unchanged(unopened, new ReviewAnswer.Unknown());
            case ApprovalState.Pending pending -> decider.submit(pending, new Command.Submit(review, now));
            case ApprovalState.Decided decided -> decider.submit(decided, new Command.Submit(review, now));
        });
    }

    /** @param presenter who presents the grant, as authentication knows them */
    public Uni<RedemptionAnswer> redeem(
            ActionId action, GrantId grant, String presenter, ActionDigest presented, @Nullable String traceparent) {
        return change(
                action,
                traceparent,
                (state, now) -> decider.redeem(state, new Command.Redeem(grant, presenter, presented, now)));
    }

    public Uni<ReportAnswer> report(
            ActionId action, @Nullable String traceparent, Function<Instant, Command.Report> report) {
        return change(action, traceparent, (state, now) -> decider.report(state, report.apply(now)));
    }

    /** Ends what nobody decided in time. A review that comes before the sweep is too late all the same. */
    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> expire() {
        return states.expired(clock.instant(), EXPIRIES_A_SWEEP)
                .chain(ids -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUniAndConcatenate(this::expire)
                        .collect()
                        .last())
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("Expiry is late: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** One that cannot expire holds up no other. */
    private Uni<Void> expire(ActionId id) {
        return change(id, null, (state, now) -> decider.expire(state, new Command.Expire(now)))
                .replaceWithVoid()
                .onFailure(UndecidableException.class)
                .invoke(failure -> LOG.errorf("%s is due and cannot expire: %s", id, failure.getMessage()))
                .onFailure(UndecidableException.class)
                .recoverWithNull();
    }

    private <A extends Answer> Uni<A> change(
            ActionId id, @Nullable String traceparent, BiFunction<ApprovalState, Instant, Transition<A>> decide) {
        return states.change(id, traceparent, state -> decide.apply(state, clock.instant()))
                .invoke(change -> committed(id, change))
                .map(States.Change::answer);
    }

    private void committed(ActionId id, States.Change<?> change) {
        publisher.publish(change.outgoing());
        if (change.changed()) {
            watchers.forEach(watcher -> watcher.changed(id, change.state()));
        }
    }
}
