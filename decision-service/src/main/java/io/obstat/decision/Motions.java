package io.obstat.decision;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Review;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalClaimed;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalReleased;
import io.obstat.contracts.event.GlassBroken;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.Course.Edit;
import io.obstat.decision.Course.Question;
import io.obstat.decision.Course.Reassessment;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What people can do about a pending approval beside voting. Each is for somebody who has a say and saw the action as it is; only breaking the
 * glass is for others.
 */
record Motions(Closing closing) {

    /** The next group that policy names is asked as well, now. */
    Transition<ReviewAnswer> escalate(Pending pending, Review review, Circumstances at) {
        Optional<Escalation> next =
                pending.course().nextEscalation(pending.verdict().requirement());
        if (next.isEmpty()) {
            return notApplicable(pending, review, Replies.nobodyElse(), at);
        }
        String group = next.get().group();
        var escalated = new ApprovalEscalated(pending.request().actionId(), group, review, at.now());
        return done(
                pending.with(pending.course().escalatedTo(group)),
                review,
                Replies.escalated(group),
                Fact.of(escalated, pending.verdict().assessment()));
    }

    Transition<ReviewAnswer> claim(Pending pending, Review review, Circumstances at) {
        Review claim = pending.course().claim();
        if (claim != null && isSame(claim, review, at)) {
            return notApplicable(pending, review, Replies.alreadyClaimed(), at);
        }
        return done(
                pending.with(pending.course().claimedBy(review)),
                review,
                Replies.claimed(),
                Fact.of(new ApprovalClaimed(pending.request().actionId(), review, at.now())));
    }

    Transition<ReviewAnswer> release(Pending pending, Review review, Circumstances at) {
        Review claim = pending.course().claim();
        if (claim == null || !isSame(claim, review, at)) {
            return notApplicable(pending, review, Replies.notClaimed(), at);
        }
        return done(
                pending.with(pending.course().claimedBy(null)),
                review,
                Replies.released(),
                Fact.of(new ApprovalReleased(pending.request().actionId(), review, at.now())));
    }

    Transition<ReviewAnswer> ask(Pending pending, Review review, Circumstances at) {
        List<Question> questions = pending.course().questions();
        if (questions.size() == Course.MOST_QUESTIONS) {
            return notApplicable(pending, review, Replies.tooManyQuestions(), at);
        }
        var question = new Question(
                review.id(), review.reviewer(), Objects.requireNonNull(review.reason()), at.now(), null, null);
        return done(
                pending.with(pending.course().asked(ReviewLog.plus(questions, question))),
                review,
                Replies.asked(),
                Fact.of(new QuestionAsked(pending.request().actionId(), review, at.now())));
    }

    /** The action becomes another one: nobody has voted on it, and policy has to speak on it first. */
    Transition<ReviewAnswer> edit(Pending pending, Review review, Circumstances at) {
        ActionRequested before = pending.request();
        ActionRequested edited = edited(before, review);
        if (edited.digest().equals(before.digest())) {
            return notApplicable(pending, review, Replies.editsNothing(), at);
        }
        if (pending.course().edits().size() == Course.MOST_EDITS) {
            return notApplicable(pending, review, Replies.tooManyEdits(), at);
        }
        Course course = pending.course().edited(new Edit(review, before), new Reassessment(edited, review));
        return done(
                pending.with(course).with(pending.log().withoutVotes()),
                review,
                Replies.edits(),
                Fact.of(
                        new ReassessmentRequested(before.actionId(), edited, review, at.now()),
                        review.id().value()));
    }

    /** Whoever policy names allows it at once. Who may is judged like any review: nobody for their own, and nobody for another. */
    Transition<ReviewAnswer> breakGlass(Pending pending, Review review, Circumstances at) {
        Requirement requirement = pending.verdict().requirement();
        BreakGlass terms = requirement.breakGlass();
        Optional<ReviewAnswer.Refused> own =
                pending.panel(at).duties().objection(review.reviewer(), null, review.verb());
        if (own.isPresent()) {
            return Hearing.refuse(pending, review, SeparationOfDuties.onRecord(own.get()), at);
        }
        if (terms == null) {
            return notApplicable(pending, review, Replies.noBreakGlass(), at);
        }
        if (!at.roster().groups(review.reviewer()).contains(terms.group())) {
            return refuse(pending, review, Cause.NOT_ELIGIBLE, Replies.notForBreakGlass(terms), at);
        }
        Set<String> keys = at.roster().keys(review.reviewer());
        if (!Collections.disjoint(keys, at.load().overdue())) {
            return refuse(pending, review, Cause.OVERDUE, Replies.overdue(), at);
        }
        return Hearing.objection(pending, review, at)
                .map(refused -> Hearing.refuse(pending, review, refused, at))
                .orElseGet(() -> broken(pending, terms, review, at));
    }

    private Transition<ReviewAnswer> broken(Pending before, BreakGlass terms, Review review, Circumstances at) {
        var answer = new ReviewAnswer.Done(Replies.broken(terms, at.now()));
        Pending pending = before.with(before.log().plus(review, answer));
        Decided decided = closing.brokenGlass(pending, terms, review, at);
        return Transition.to(
                decided,
                answer,
                Fact.of(decided.file().decision()),
                Fact.of(broken(pending.request(), terms, review, at)));
    }

    private static GlassBroken broken(ActionRequested request, BreakGlass terms, Review review, Circumstances at) {
        Verified verified = request.verified();
        return new GlassBroken(
                request.actionId(),
                verified.agent(),
                review,
                at.roster().owners(verified.agent(), verified.owner()),
                terms.signedBy(),
                at.now().plus(terms.within()),
                at.now());
    }

    private static ActionRequested edited(ActionRequested before, Review review) {
        Action old = before.action();
        var action =
                new Action(old.type(), old.resource(), old.environment(), Objects.requireNonNull(review.parameters()));
        Verified verified = before.verified();
        return new ActionRequested(
                before.actionId(),
                ActionDigest.of(verified.agent(), verified.onBehalfOf(), action),
                action,
                verified,
                before.claimed(),
                before.requestedAt(),
                before.deadline());
    }

    private static boolean isSame(Review one, Review other, Circumstances at) {
        return !Collections.disjoint(
                at.roster().keys(one.reviewer()), at.roster().keys(other.reviewer()));
    }

    private static Transition<ReviewAnswer> done(Pending pending, Review review, String said, Fact fact) {
        var answer = new ReviewAnswer.Done(said);
        return Transition.to(pending.with(pending.log().plus(review, answer)), answer, fact);
    }

    private static Transition<ReviewAnswer> notApplicable(
            Pending pending, Review review, String why, Circumstances at) {
        return refuse(pending, review, Cause.NOT_APPLICABLE, why, at);
    }

    private static Transition<ReviewAnswer> refuse(
            Pending pending, Review review, Cause cause, String why, Circumstances at) {
        return Hearing.refuse(pending, review, new ReviewAnswer.Refused(cause, why), at);
    }
}
