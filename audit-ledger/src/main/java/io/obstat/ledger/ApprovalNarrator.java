package io.obstat.ledger;

import static java.util.stream.Collectors.joining;

import io.obstat.contracts.Review;
import io.obstat.contracts.event.ApprovalClaimed;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalReleased;
import io.obstat.contracts.event.ApprovalReminded;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.GlassBroken;
import io.obstat.contracts.event.GlassOverdue;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.QuestionAnswered;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewSubmitted;
import java.util.List;

/** Tells what people do about an action, and what is done to reach them. */
final class ApprovalNarrator {
    private ApprovalNarrator() {}

    static Sentence tell(ReviewSubmitted submitted) {
        return review(
                        submitted.review(),
                        " clicked ‘%s’ in a channel"
                                .formatted(Words.verb(submitted.review().verb())))
                .end();
    }

    static Sentence tell(ReviewRecorded recorded) {
        Review review = recorded.review();
        var sentence = Sentence.builder().verified(Words.name(review.reviewer().person()));
        sentence.say(review.verb() == Review.Verb.REJECT ? " rejected" : " approved");
        if (recorded.standsFor() != null) {
            sentence.say(", standing in for ").verified(Words.name(recorded.standsFor()));
        }
        return identified(sentence, review)
                .say(
                        review.verb() == Review.Verb.REJECT
                                        || recorded.progress().isEmpty()
                                ? ""
                                : " (" + progress(recorded.progress()) + ")")
                .end();
    }

    static Sentence tell(ReviewRefused refused) {
        return review(
                        refused.review(),
                        " tried to %s and was refused"
                                .formatted(Words.verb(refused.review().verb())))
                .say(". They were told: " + Narrator.withoutFullStop(refused.explanation()))
                .end();
    }

    static Sentence tell(ApprovalClaimed claimed) {
        return review(claimed.review(), " is looking at it").end();
    }

    static Sentence tell(ApprovalReleased released) {
        return review(released.review(), " is no longer looking at it").end();
    }

    static Sentence tell(ApprovalEscalated escalated) {
        String asked = "from now on people in %s can decide as well".formatted(escalated.group());
        return escalated.review() == null
                ? Sentence.builder()
                        .say("Time has passed without a decision: " + asked)
                        .end()
                : review(escalated.review(), " escalated").say("; " + asked).end();
    }

    static Sentence tell(ApprovalReminded reminded) {
        return Sentence.builder()
                .say("Those who have not answered were reminded (reminder %d; %s)"
                        .formatted(reminded.number(), progress(reminded.progress())))
                .end();
    }

    static Sentence tell(QuestionAsked asked) {
        return review(asked.review(), " asked the agent a question").end();
    }

    static Sentence tell(QuestionAnswered answered) {
        return Sentence.builder()
                .verified(answered.agent().value())
                .quoted(" answered the question: ", answered.answer())
                .end();
    }

    static Sentence tell(ReassessmentRequested requested) {
        return requested.edit() == null
                ? Sentence.builder()
                        .say("Another policy set has come into force; policy is asked again")
                        .end()
                : review(requested.edit(), " changed the inputs")
                        .say("; policy is asked again")
                        .end();
    }

    static Sentence tell(NobodyReached nobody) {
        return Sentence.builder()
                .say("Nobody could be told that people are asked, and nobody has come; there is time "
                        + TimeWords.until(nobody.raisedAt(), nobody.expiresAt()))
                .end();
    }

    static Sentence tell(GlassBroken broken) {
        String owners = broken.owners().stream().map(Words::name).collect(joining(", "));
        return review(broken.review(), " allowed it at once, in an emergency")
                .say(". Owners to be told: ")
                .verified(owners)
                .say("; %d from %s must sign %s"
                        .formatted(
                                broken.signedBy().approvals(),
                                broken.signedBy().group(),
                                TimeWords.until(broken.brokenAt(), broken.dueAt())))
                .end();
    }

    static Sentence tell(GlassSigned signed) {
        return review(signed.review(), " looked at what was allowed in an emergency, and signed")
                .say(signed.missing() == 0 ? " (nobody else has to)" : " (%d more to sign)".formatted(signed.missing()))
                .end();
    }

    static Sentence tell(GlassOverdue overdue) {
        return Sentence.builder()
                .verified(Words.name(overdue.by()))
                .say(" allowed it in an emergency. Others had %s to sign, and %s missing"
                        .formatted(
                                TimeWords.until(overdue.raisedAt(), overdue.dueAt()),
                                overdue.missing() == 1 ? "1 of them is" : overdue.missing() + " of them are"))
                .end();
    }

    static Sentence tell(DecisionRevoked revoked) {
        var sentence = revoked.review() == null
                ? Sentence.builder().say("The grant was given back unused, and is void")
                : review(revoked.review(), " revoked it").say("; the grant was unused, and is void");
        // Quoted, for it may hold what a reviewer said.
        return sentence.quoted(". The agent is told: ", Narrator.withoutFullStop(revoked.reason()))
                .end();
    }

    private static Sentence.Builder review(Review review, String what) {
        return identified(
                Sentence.builder()
                        .verified(Words.name(review.reviewer().person()))
                        .say(what),
                review);
    }

    private static Sentence.Builder identified(Sentence.Builder sentence, Review review) {
        return sentence.say(", identified by "
                        + Words.identification(review.reviewer().identifiedBy()))
                .quoted(": ", review.reason());
    }

    private static String progress(List<SlotProgress> progress) {
        return progress.stream()
                .map(slot -> "%d of %d from %s"
                        .formatted(
                                slot.filled(),
                                slot.slot().approvals(),
                                slot.slot().group()))
                .collect(joining(", "));
    }
}
