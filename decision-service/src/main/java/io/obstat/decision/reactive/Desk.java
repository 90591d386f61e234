package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Notification;
import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.Answer;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Command;
import io.obstat.decision.Decider;
import io.obstat.decision.RedemptionAnswer;
import io.obstat.decision.ReplyAnswer;
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
import java.util.List;
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
    private static final int TICKS_A_PAGE = 200;

    private final Decider decider;
    private final States states;
    private final Situations situations;
    private final Policies policies;
    private final Publisher publisher;
    private final Instance<Changes> watchers;
    private final Clock clock;

    public Desk(
            Decider decider,
            States states,
            Situations situations,
            Policies policies,
            Publisher publisher,
            @Any Instance<Changes> watchers,
            Clock clock) {
        this.decider = decider;
        this.states = states;
        this.situations = situations;
        this.policies = policies;
        this.publisher = publisher;
        this.watchers = watchers;
        this.clock = clock;
    }

    public Uni<Answer.Noted> open(Verdict verdict, @Nullable String traceparent) {
        ActionId id = verdict.actionId();
        if (verdict instanceof ApprovalRequired required) {
            return change(
                    id,
                    traceparent,
                    new Inquiry.OfAgent(required.request()),
                    (state, at) -> decider.open(state, new Command.Open(verdict, at)));
        }
        // Nobody is asked, so it does not matter who is who.
        return states.begin(
                        id,
                        traceparent,
                        state -> decider.open(state, new Command.Open(verdict, Circumstances.at(clock.instant()))))
                .invoke(change -> committed(id, change))
                .map(States.Change::answer);
    }

    public Uni<Answer.Noted> withdraw(ActionWithdrawn withdrawal, @Nullable String traceparent) {
        return change(
                withdrawal.actionId(),
                traceparent,
                (state, at) -> decider.withdraw(state, new Command.Withdraw(withdrawal, at)));
    }

    /** A channel has reached somebody about this action, or could not. */
    public Uni<Answer.Noted> deliver(Notification notification, @Nullable String traceparent) {
        return change(
                notification.actionId(),
                traceparent,
                (state, at) -> decider.deliver(state, new Command.Deliver(notification, at)));
    }

    /** Another policy set is in force: whatever waits for people under another one goes to policy again. */
    public Uni<Void> policyActivated(PolicySetActivated activated) {
        return policies.note(activated).chain(news -> reassess(activated.digest(), null));
    }

    /** A review from a channel, which may overtake the verdict on its way here: it is kept until then. */
    public Uni<ReviewAnswer> reviewFromChannel(ActionId action, Review review, @Nullable String traceparent) {
        return change(
                action,
                traceparent,
                inquiry(review),
                (state, at) -> decider.submit(state, new Command.Submit(review, at)));
    }

    @Override
    public Uni<ReviewAnswer> review(ActionId action, Review review, @Nullable String traceparent) {
        return review(action, review, true, traceparent);
    }

    @Override
    public Uni<ReviewAnswer> attempt(ActionId action, Review review, @Nullable String traceparent) {
        return review(action, review, false, traceparent);
    }

    private Uni<ReviewAnswer> review(ActionId action, Review review, boolean proven, @Nullable String traceparent) {
        return change(action, traceparent, inquiry(review), (state, at) -> {
            var submit = new Command.Submit(review, proven, at);
            return switch (state) {
                // Whoever reviews here has seen the approval here, so one that is not there never was.
                case ApprovalState.Unopened unopened -> Transition.unchanged(unopened, new ReviewAnswer.Unknown());
                case ApprovalState.Pending pending -> decider.submit(pending, submit);
                case ApprovalState.Decided decided -> decider.submit(decided, submit);
            };
        });
    }

    /** The agent answers a question. */
    public Uni<ReplyAnswer> reply(
            ActionId action, ReviewId question, AgentId agent, String text, @Nullable String traceparent) {
        return change(
                action, traceparent, (state, at) -> decider.reply(state, new Command.Reply(question, agent, text, at)));
    }

    public Uni<RedemptionAnswer> redeem(
            ActionId action, @Nullable String traceparent, Function<Circumstances, Command.Redeem> redemption) {
        return change(action, traceparent, (state, at) -> decider.redeem(state, redemption.apply(at)));
    }

    public Uni<Answer.Noted> giveBack(ActionId action, GrantId grant, AgentId agent, @Nullable String traceparent) {
        return change(
                action, traceparent, (state, at) -> decider.giveBack(state, new Command.GiveBack(grant, agent, at)));
    }

    public Uni<ReportAnswer> report(
            ActionId action, @Nullable String traceparent, Function<Circumstances, Command.Report> report) {
        return change(action, traceparent, (state, at) -> decider.report(state, report.apply(at)));
    }

    /** Does what is due by now. A review that comes before the sweep finds it done all the same. */
    @Scheduled(
            every = "1s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return sweep(clock.instant(), null)
                .onFailure()
                .invoke(failure -> LOG.warnf("What is due is late: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Page by page, so that what stays due, whatever is done about it, keeps nothing behind it from being reached. */
    private Uni<Void> sweep(Instant now, States.@Nullable Due after) {
        return states.due(now, after, TICKS_A_PAGE)
                .chain(page -> page.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tickAll(page.stream().map(States.Due::action).toList())
                                .chain(() -> sweep(now, page.getLast())));
    }

    private Uni<Void> reassess(String policySet, @Nullable ActionId after) {
        return states.underOtherPolicy(policySet, after, TICKS_A_PAGE)
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : tickAll(ids).chain(() -> reassess(policySet, ids.getLast())));
    }

    private Uni<Void> tickAll(List<ActionId> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(this::tick)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** One for which it cannot be done holds up no other. */
    private Uni<Void> tick(ActionId id) {
        return change(id, null, (state, at) -> decider.tick(state, new Command.Tick(at)))
                .replaceWithVoid()
                .onFailure(UndecidableException.class)
                .invoke(failure ->
                        LOG.errorf("Something is due on %s and cannot be done: %s", id, failure.getMessage()))
                .onFailure(UndecidableException.class)
                .recoverWithNull();
    }

    private static Inquiry inquiry(Review review) {
        return review.verb() == Review.Verb.BREAK_GLASS ? new Inquiry.OfGlass() : new Inquiry.None();
    }

    private <A extends Answer> Uni<A> change(
            ActionId id, @Nullable String traceparent, BiFunction<ApprovalState, Circumstances, Transition<A>> decide) {
        return change(id, traceparent, new Inquiry.None(), decide);
    }

    private <A extends Answer> Uni<A> change(
            ActionId id,
            @Nullable String traceparent,
            Inquiry inquiry,
            BiFunction<ApprovalState, Circumstances, Transition<A>> decide) {
        return situations
                .current()
                .chain(at -> states.change(
                        id,
                        traceparent,
                        inquiry,
                        // The moment is that at which the row is held, so that of two commands the later one is later.
                        (state, load) -> decide.apply(state, at.with(clock.instant(), load))))
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
