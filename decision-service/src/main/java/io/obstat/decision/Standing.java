package io.obstat.decision;

import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.decision.ApprovalState.Glass;
import io.obstat.decision.ApprovalView.State;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one person can do about an action in these circumstances: what to offer them. What they then do is judged when they do it.
 *
 * @param reviewer as they are identified, or would be where they would do it
 */
public record Standing(ApprovalView view, Reviewer reviewer, Circumstances at) {

    /** Whether their approval would count, were it submitted now. */
    public Eligibility eligibility() {
        @Nullable Decision decision = view.decision();
        if (decision != null) {
            return new Eligibility(
                    false,
                    view.asked()
                            ? Wording.decided(decision.outcome(), decision.decidedAt())
                            : "Policy decided this alone; nobody was asked.");
        }
        return objection(Verb.APPROVE)
                .map(refused -> new Eligibility(false, refused.explanation()))
                .orElseGet(() -> new Eligibility(
                        true, "You can decide. Still needed: %s.".formatted(Wording.missing(view.progress(at)))));
    }

    /** Whether this verb of theirs would be heard now: a rejection also of one who has approved before. */
    public boolean can(Verb verb) {
        return view.decision() == null && objection(verb).isEmpty();
    }

    /** All that they could do, in the order of the verbs. */
    public List<Verb> verbs() {
        return Stream.of(Verb.values())
                .filter(verb -> verb == Verb.APPROVE || verb == Verb.REJECT ? can(verb) : offers(verb))
                .toList();
    }

    /** What they could do beside voting, in the order of the verbs. */
    public List<Verb> motions() {
        return Stream.of(Verb.values()).filter(this::offers).toList();
    }

    /** Whether this was allowed in an emergency, and they are one of those who have yet to sign it. */
    public boolean maySign() {
        @Nullable Glass glass = view.glass();
        return glass != null
                && glass.missing() > 0
                && at.roster().groups(reviewer).contains(glass.signedBy().group())
                && glass.signatures().stream().noneMatch(this::isTheirs)
                && !isTheirs(glass.broken())
                && duties().objection(reviewer, null, Verb.SIGN).isEmpty()
                && view.panel(at)
                        .filter(panel -> panel.isAssured(review(Verb.SIGN)))
                        .isPresent();
    }

    private boolean offers(Verb verb) {
        @Nullable Review claim = view.course().claim();
        boolean claimed = claim != null && isTheirs(claim);
        return switch (verb) {
            case APPROVE, REJECT -> false;
            case CLAIM -> !claimed && can(verb);
            case RELEASE -> claimed && can(verb);
            case ASK, EDIT -> can(verb);
            case ESCALATE -> view.nextGroup().isPresent() && can(verb);
            case BREAK_GLASS ->
                view.decision() == null
                        && view.panel(at)
                                .filter(panel -> panel.mayBreakGlass(reviewer))
                                .isPresent();
            case SIGN -> maySign();
            case REVOKE -> view.state() == State.ALLOWED && isInTime() && mayRevoke();
        };
    }

    private boolean isInTime() {
        @Nullable Decision decision = view.decision();
        @Nullable
        Instant expiresAt = decision == null || decision.grant() == null
                ? null
                : decision.grant().expiresAt();
        return expiresAt != null && at.now().isBefore(expiresAt);
    }

    private boolean mayRevoke() {
        return !duties().isAgent(reviewer)
                && (duties().isOwn(reviewer)
                        || view.panel(at)
                                .filter(panel -> panel.admit(review(Verb.REVOKE), view.votes())
                                        instanceof Panel.Admission.Admitted)
                                .isPresent());
    }

    private SeparationOfDuties duties() {
        return new SeparationOfDuties(view.request(), view.course().coAuthors(), at.roster());
    }

    private boolean isTheirs(Review review) {
        return !Collections.disjoint(
                at.roster().keys(review.reviewer()), at.roster().keys(reviewer));
    }

    private Optional<ReviewAnswer.Refused> objection(Verb verb) {
        Panel panel = view.panel(at).orElseThrow();
        Review review = review(verb);
        return switch (panel.admit(review, view.votes())) {
            case Panel.Admission.Turned turned -> Optional.of(turned.refused());
            case Panel.Admission.Admitted admitted -> {
                if (view.course().awaitsEdit()) {
                    yield Optional.of(new ReviewAnswer.Refused(Cause.AWAITS_POLICY, Replies.awaitsPolicy()));
                }
                if (Hearing.isFormal(verb) && !panel.isAssured(review)) {
                    yield Optional.of(new ReviewAnswer.Refused(
                            Cause.ASSURANCE_TOO_LOW, Replies.assurance(panel.requirement(), review)));
                }
                var vote = new Vote(review, admitted.standsFor());
                yield panel.spoken(view.votes(), vote)
                        .filter(earlier -> verb == Verb.APPROVE || verb == Verb.REJECT)
                        .map(earlier -> new ReviewAnswer.Refused(
                                Cause.ALREADY_REVIEWED,
                                Replies.alreadyReviewed(earlier, vote, Wording.missing(view.progress(at)))));
            }
        };
    }

    /** As they would submit it. */
    private Review review(Verb verb) {
        return new Review(
                ReviewId.derive(view.actionId().value()),
                view.request().digest(),
                reviewer,
                verb,
                "why",
                verb == Verb.EDIT ? view.request().action().parameters() : null,
                at.now());
    }
}
