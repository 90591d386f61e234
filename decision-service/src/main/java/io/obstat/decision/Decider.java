package io.obstat.decision;

import io.obstat.contracts.GrantId;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.QuestionAnswered;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Refused;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.Course.Delivery;
import io.obstat.decision.Course.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides: a function of state and command. What it returns is stored and published in one transaction; calling it again with the
 * stored state and the same command changes nothing and gives the same answer. How an approval is opened stands in {@link Opening}, what
 * happens to reviews in {@link Hearing}, to grants in {@link GrantUse}, what time does in {@link Timetable}, and how an action can end in
 * {@link Closing}.
 */
public final class Decider {

    private final Closing closing;
    private final Hearing hearing;
    private final Opening opening;
    private final Aftermath aftermath;

    public Decider(Notary notary, Terms terms) {
        this.closing = new Closing(notary, terms);
        this.hearing = new Hearing(closing);
        this.opening = new Opening(closing, hearing);
        this.aftermath = new Aftermath(closing);
    }

    public Transition<? extends Answer> decide(ApprovalState state, Command command) {
        return switch (command) {
            case Command.Open open -> open(state, open);
            case Command.Submit submit -> submit(state, submit);
            case Command.Reply reply -> reply(state, reply);
            case Command.Withdraw withdraw -> withdraw(state, withdraw);
            case Command.Tick tick -> tick(state, tick);
            case Command.Deliver deliver -> deliver(state, deliver);
            case Command.Redeem redeem -> redeem(state, redeem);
            case Command.GiveBack giveBack -> giveBack(state, giveBack);
            case Command.Report report -> report(state, report);
        };
    }

    /** When a {@link Command.Tick} next does something, unless something else comes first; empty when it never will. */
    public Optional<Instant> due(ApprovalState state) {
        return new Timetable(closing.terms()).due(state);
    }

    public Transition<Answer.Noted> open(ApprovalState state, Command.Open command) {
        return switch (state) {
            case Unopened unopened -> opening.first(unopened, command);
            case Pending pending -> opening.again(pending, command);
            // INVARIANT: OneTerminalDecision. A decision stands, whatever is redelivered.
            case Decided decided -> Transition.unchanged(decided, Answer.NOTED);
        };
    }

    public Transition<ReviewAnswer> submit(ApprovalState state, Command.Submit command) {
        return command.proven()
                ? hearing.submit(state, command.review(), command.at())
                : hearing.attempt(state, command.review(), command.at());
    }

    public Transition<Answer.Noted> withdraw(ApprovalState state, Command.Withdraw command) {
        ActionWithdrawn withdrawal = command.withdrawal();
        return switch (state) {
            case Unopened unopened -> Transition.to(unopened.keep(withdrawal), Answer.NOTED);
            case Pending pending
            when pending.request().verified().agent().equals(withdrawal.withdrawnBy()) ->
                afterwards(
                        pending,
                        command.at(),
                        now -> Hearing.closed(closing.withdrawn(now, withdrawal, command.now()), Answer.NOTED));
            case Pending pending -> Transition.unchanged(pending, Answer.NOTED);
            case Decided decided -> Transition.unchanged(decided, Answer.NOTED);
        };
    }

    public Transition<Answer.Noted> tick(ApprovalState state, Command.Tick command) {
        return switch (state) {
            case Unopened unopened -> Transition.unchanged(unopened, Answer.NOTED);
            case Pending pending -> hearing.advance(pending, command.at());
            case Granted granted -> aftermath.tick(granted, command.at());
            case Refused refused -> Transition.unchanged(refused, Answer.NOTED);
        };
    }

    /** Whether anybody could be told that they are asked. What else people are told does not matter here. */
    public Transition<Answer.Noted> deliver(ApprovalState state, Command.Deliver command) {
        if (!command.notification().asks()) {
            return Transition.unchanged(state, Answer.NOTED);
        }
        return switch (state) {
            case Unopened unopened -> Transition.to(unopened.keep(heard(unopened.delivery(), command)), Answer.NOTED);
            case Pending pending ->
                afterwards(
                        pending,
                        command.at(),
                        now -> Transition.to(
                                now.with(now.course()
                                        .delivered(heard(now.course().delivery(), command))),
                                Answer.NOTED));
            case Decided decided -> Transition.unchanged(decided, Answer.NOTED);
        };
    }

    public Transition<ReplyAnswer> reply(ApprovalState state, Command.Reply command) {
        return switch (state) {
            case Unopened unopened -> Transition.unchanged(unopened, new ReplyAnswer.Unknown());
            case Pending pending
            when !pending.request().verified().agent().equals(command.agent()) ->
                Transition.unchanged(pending, new ReplyAnswer.Unknown());
            case Pending pending
            when pending.expiredAt(command.now()) ->
                Transition.unchanged(pending, tooLate(pending.request(), pending.course(), command));
            case Pending pending -> answered(pending, command);
            case Decided decided
            when decided.file().decision().agent().equals(command.agent()) ->
                Transition.unchanged(
                        decided,
                        tooLate(decided.file().request(), decided.file().course(), command));
            case Decided decided -> Transition.unchanged(decided, new ReplyAnswer.Unknown());
        };
    }

    public Transition<RedemptionAnswer> redeem(ApprovalState state, Command.Redeem command) {
        return GrantUse.redeem(state, command);
    }

    /** Whether the state's grant is this one and could be taken up now, by its agent and for its action. */
    public static boolean isGood(ApprovalState state, GrantId grant, Circumstances at) {
        return state instanceof Granted granted && granted.grant().id().equals(grant) && GrantUse.isGood(granted, at);
    }

    public Transition<Answer.Noted> giveBack(ApprovalState state, Command.GiveBack command) {
        return state instanceof Granted granted && granted.grant().id().equals(command.grant())
                ? aftermath.giveBack(granted, command)
                : Transition.unchanged(state, Answer.NOTED);
    }

    public Transition<ReportAnswer> report(ApprovalState state, Command.Report command) {
        return GrantUse.report(state, command);
    }

    /** First what is due by now, which may be the end; then the rest. */
    private Transition<Answer.Noted> afterwards(
            Pending before, Circumstances at, Function<Pending, Transition<Answer.Noted>> rest) {
        Transition<Answer.Noted> advanced = hearing.advance(before, at);
        return advanced.next() instanceof Pending pending ? rest.apply(pending).after(advanced.facts()) : advanced;
    }

    private static Delivery heard(Delivery before, Command.Deliver command) {
        return before.heard(command.notification(), command.now());
    }

    private static Transition<ReplyAnswer> answered(Pending pending, Command.Reply command) {
        List<Question> questions = pending.course().questions();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            if (question.id().equals(command.question())) {
                return question.answer() == null
                        ? answered(pending, i, command)
                        : Transition.unchanged(pending, repeated(pending.request(), question, command));
            }
        }
        return Transition.unchanged(pending, new ReplyAnswer.Unknown());
    }

    private static Transition<ReplyAnswer> answered(Pending pending, int place, Command.Reply command) {
        var questions = new ArrayList<>(pending.course().questions());
        Question open = questions.get(place);
        questions.set(
                place, new Question(open.id(), open.by(), open.text(), open.askedAt(), command.text(), command.now()));
        var answered = new QuestionAnswered(
                pending.request().actionId(), open.id(), command.agent(), command.text(), command.now());
        return Transition.to(
                pending.with(pending.course().asked(questions)), new ReplyAnswer.Recorded(answered), Fact.of(answered));
    }

    /** Nobody reads an answer any more; one that is on record is confirmed all the same. */
    private static ReplyAnswer tooLate(ActionRequested request, Course course, Command.Reply command) {
        return course.questions().stream()
                .filter(question -> question.id().equals(command.question()))
                .map(question -> repeated(request, question, command))
                .filter(ReplyAnswer.Recorded.class::isInstance)
                .findFirst()
                .orElseGet(ReplyAnswer.TooLate::new);
    }

    private static ReplyAnswer repeated(ActionRequested request, Question question, Command.Reply command) {
        Instant answeredAt = question.answeredAt();
        return command.text().equals(question.answer()) && answeredAt != null
                ? new ReplyAnswer.Recorded(new QuestionAnswered(
                        request.actionId(), question.id(), command.agent(), command.text(), answeredAt))
                : new ReplyAnswer.Differs();
    }
}
