package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.decision.ApprovalState.CaseFile;
import io.obstat.decision.ApprovalState.Glass;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Refused;
import io.obstat.decision.ApprovalState.Revoked;
import io.obstat.decision.ApprovalState.TakenUp;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.ApprovalState.Unused;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An action as people read it.
 *
 * @param state where it stands
 * @param request what is asked, with what authentication proved and what the agent merely says
 * @param assessment what policy made of it
 * @param requirement who has to approve; absent when policy decided alone
 * @param votes those that counted when they were cast, oldest first
 * @param course what else has happened
 * @param openedAt when the verdict arrived here
 * @param expiresAt when it ends without a decision by people; absent when policy decided alone
 * @param decision the terminal decision, once there is one; its {@code decidedAt} says when
 * @param run what became of the grant, once it was redeemed
 * @param glass what others still owe, when it was allowed in an emergency
 * @param revoked how it came to be revoked, once it was
 */
public record ApprovalView(
        ActionId actionId,
        State state,
        ActionRequested request,
        Assessment assessment,
        @Nullable Requirement requirement,
        List<Vote> votes,
        Course course,
        Instant openedAt,
        @Nullable Instant expiresAt,
        @Nullable Decision decision,
        @Nullable Run run,
        @Nullable Glass glass,
        @Nullable DecisionRevoked revoked) {

    public ApprovalView {
        votes = List.copyOf(votes);
    }

    /** Where an action stands. All but {@link #PENDING} are decided. */
    public enum State {
        /** People can decide. */
        PENDING("pending"),
        /** Allowed; the grant is unused. */
        ALLOWED("allowed"),
        /** Allowed, and the agent has taken up its grant. */
        REDEEMED("redeemed"),
        /** Allowed, taken up, and the agent has said how it went. */
        EXECUTED("executed"),
        /** Policy said no. */
        DENIED("denied"),
        /** A person said no. */
        REJECTED("rejected"),
        /** Not enough people said yes in time. */
        EXPIRED("expired"),
        /** The agent took it back. */
        WITHDRAWN("withdrawn"),
        /** Nobody could be told, and nobody came. */
        UNDELIVERABLE("undeliverable"),
        /** An identical request of the same agent was pending. */
        SUPERSEDED("superseded"),
        /** Policy changed, and forbids it. */
        POLICY_CHANGED("policy-changed"),
        /** Allowed, and revoked before it was taken up. */
        REVOKED("revoked");

        private final String wireName;

        State(String wireName) {
            this.wireName = wireName;
        }

        /** Such as {@code pending}: in JSON, in the database, in a page's class names. */
        public String wireName() {
            return wireName;
        }

        /** The state of this name. @throws IllegalArgumentException when there is none */
        public static State named(String wireName) {
            return Stream.of(values())
                    .filter(state -> state.wireName.equals(wireName))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no state '%s'".formatted(wireName)));
        }
    }

    /**
     * What became of a grant.
     *
     * @param redeemedAt when the agent took it up
     * @param executed how it went, once the agent has reported; its summary is in the agent's words
     */
    public record Run(Instant redeemedAt, @Nullable ActionExecuted executed) {}

    /** The view of a state; empty while no verdict has arrived. */
    public static Optional<ApprovalView> of(ApprovalState state) {
        return switch (state) {
            case Unopened unopened -> Optional.empty();
            case Pending pending -> Optional.of(pending(pending));
            case Granted granted -> Optional.of(granted(granted));
            case Refused refused ->
                Optional.of(decided(state(refused.file().decision().outcome()), refused.file(), null, null, null));
        };
    }

    public boolean pending() {
        return state == State.PENDING;
    }

    /** How far each slot is in these circumstances, in the requirement's order; empty when policy decided alone. */
    public List<SlotProgress> progress(Circumstances at) {
        return panel(at).map(panel -> panel.quorum(votes).progress()).orElse(List.of());
    }

    /** The approvals that fill each slot in these circumstances, in the requirement's order; empty when policy decided alone. */
    public List<List<Review>> placed(Circumstances at) {
        return panel(at).map(panel -> panel.quorum(votes).bySlot()).orElse(List.of());
    }

    /** The group that is asked next when somebody escalates; empty when there is none. */
    public Optional<String> nextGroup() {
        return requirement == null
                ? Optional.empty()
                : course.nextEscalation(requirement).map(Requirement.Escalation::group);
    }

    /** What this person could do now beside voting, in the order of the verbs. Whether it will be heard is judged when they do it. */
    public List<Verb> motions(Reviewer reviewer, Circumstances at) {
        return Stream.of(Verb.values())
                .filter(verb -> offers(verb, reviewer, at))
                .toList();
    }

    private boolean offers(Verb verb, Reviewer reviewer, Circumstances at) {
        Review claim = course.claim();
        boolean claimed = claim != null && isSame(claim.reviewer(), reviewer, at);
        return switch (verb) {
            case APPROVE, REJECT -> false;
            case CLAIM -> !claimed && can(reviewer, verb, at);
            case RELEASE -> claimed && can(reviewer, verb, at);
            case ASK, EDIT -> can(reviewer, verb, at);
            case ESCALATE -> nextGroup().isPresent() && can(reviewer, verb, at);
            case BREAK_GLASS ->
                decision == null
                        && panel(at)
                                .filter(panel -> panel.mayBreakGlass(reviewer))
                                .isPresent();
            case SIGN -> maySign(reviewer, at);
            case REVOKE -> state == State.ALLOWED && mayRevoke(reviewer, at);
        };
    }

    /** Whether this was allowed in an emergency, and this person is one of those who have yet to sign it. */
    public boolean maySign(Reviewer reviewer, Circumstances at) {
        return glass != null
                && glass.missing() > 0
                && at.roster().groups(reviewer).contains(glass.signedBy().group())
                && glass.signatures().stream().noneMatch(one -> isSame(one.reviewer(), reviewer, at))
                && !isSame(glass.broken().reviewer(), reviewer, at)
                && duties(at).objection(reviewer, null, Verb.SIGN).isEmpty()
                && panel(at)
                        .filter(panel -> panel.isAssured(review(reviewer, Verb.SIGN, at)))
                        .isPresent();
    }

    private boolean mayRevoke(Reviewer reviewer, Circumstances at) {
        boolean inTime = decision != null
                && decision.grant() != null
                && at.now().isBefore(decision.grant().expiresAt());
        return inTime
                && !duties(at).isAgent(reviewer)
                && (duties(at).isOwn(reviewer)
                        || panel(at)
                                .filter(panel -> panel.admit(review(reviewer, Verb.REVOKE, at), votes)
                                        instanceof Panel.Admission.Admitted)
                                .isPresent());
    }

    private SeparationOfDuties duties(Circumstances at) {
        return new SeparationOfDuties(request, course.coAuthors(), at.roster());
    }

    private static boolean isSame(Reviewer one, Reviewer other, Circumstances at) {
        return !Collections.disjoint(at.roster().keys(one), at.roster().keys(other));
    }

    /** Whether this person's approval would count, were it submitted in these circumstances. */
    public Eligibility eligibilityOf(Reviewer reviewer, Circumstances at) {
        if (decision != null) {
            return new Eligibility(
                    false,
                    asked()
                            ? Wording.decided(decision.outcome(), decision.decidedAt())
                            : "Policy decided this alone; nobody was asked.");
        }
        return objection(reviewer, Verb.APPROVE, at)
                .map(refused -> new Eligibility(false, refused.explanation()))
                .orElseGet(() -> new Eligibility(
                        true, "You can decide. Still needed: %s.".formatted(Wording.missing(progress(at)))));
    }

    /** Whether this verb of this person would be heard now: a rejection also of one who has approved before. */
    public boolean can(Reviewer reviewer, Verb verb, Circumstances at) {
        return decision == null && objection(reviewer, verb, at).isEmpty();
    }

    /** Whether people were asked. */
    public boolean asked() {
        return expiresAt != null;
    }

    private Optional<ReviewAnswer.Refused> objection(Reviewer reviewer, Verb verb, Circumstances at) {
        Panel panel = panel(at).orElseThrow();
        Review review = review(reviewer, verb, at);
        return switch (panel.admit(review, votes)) {
            case Panel.Admission.Turned turned -> Optional.of(turned.refused());
            case Panel.Admission.Admitted admitted -> {
                if (course.awaitsEdit()) {
                    yield Optional.of(new ReviewAnswer.Refused(Cause.AWAITS_POLICY, Replies.awaitsPolicy()));
                }
                if (isFormal(verb) && !panel.isAssured(review)) {
                    yield Optional.of(new ReviewAnswer.Refused(
                            Cause.ASSURANCE_TOO_LOW, Replies.assurance(panel.requirement(), review)));
                }
                var vote = new Vote(review, admitted.standsFor());
                yield panel.spoken(votes, vote)
                        .filter(earlier -> verb == Verb.APPROVE || verb == Verb.REJECT)
                        .map(earlier -> new ReviewAnswer.Refused(
                                Cause.ALREADY_REVIEWED,
                                Replies.alreadyReviewed(earlier, vote, Wording.missing(progress(at)))));
            }
        };
    }

    /** As they would submit it. */
    private Review review(Reviewer reviewer, Verb verb, Circumstances at) {
        return new Review(
                ReviewId.derive(actionId.value()),
                request.digest(),
                reviewer,
                verb,
                "why",
                verb == Verb.EDIT ? request.action().parameters() : null,
                at.now());
    }

    /** Looking at it, asking about it and a no take no more than being known. */
    private static boolean isFormal(Verb verb) {
        return verb == Verb.APPROVE || verb == Verb.ESCALATE || verb == Verb.EDIT;
    }

    private Optional<Panel> panel(Circumstances at) {
        return Optional.ofNullable(requirement).map(asked -> new Panel(request, asked, course, at));
    }

    private static ApprovalView pending(Pending pending) {
        return new ApprovalView(
                pending.verdict().actionId(),
                State.PENDING,
                pending.verdict().request(),
                pending.verdict().assessment(),
                pending.verdict().requirement(),
                pending.log().votes(),
                pending.course(),
                pending.openedAt(),
                pending.expiresAt(),
                null,
                null,
                null,
                null);
    }

    private static ApprovalView granted(Granted granted) {
        return switch (granted.use()) {
            case Unused unused -> decided(State.ALLOWED, granted.file(), null, granted.glass(), null);
            case TakenUp taken ->
                decided(
                        State.REDEEMED,
                        granted.file(),
                        new Run(taken.redeemed().redeemedAt(), null),
                        granted.glass(),
                        null);
            case ApprovalState.Run run ->
                decided(
                        State.EXECUTED,
                        granted.file(),
                        new Run(run.redeemed().redeemedAt(), run.executed()),
                        granted.glass(),
                        null);
            case Revoked revoked -> decided(State.REVOKED, granted.file(), null, granted.glass(), revoked.revoked());
        };
    }

    private static State state(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> throw new IllegalStateException("What was allowed is granted");
            case DENIED -> State.DENIED;
            case REJECTED -> State.REJECTED;
            case EXPIRED -> State.EXPIRED;
            case WITHDRAWN -> State.WITHDRAWN;
            case UNDELIVERABLE -> State.UNDELIVERABLE;
            case SUPERSEDED -> State.SUPERSEDED;
            case POLICY_CHANGED -> State.POLICY_CHANGED;
        };
    }

    private static ApprovalView decided(
            State state, CaseFile file, @Nullable Run run, @Nullable Glass glass, @Nullable DecisionRevoked revoked) {
        return new ApprovalView(
                file.verdict().actionId(),
                state,
                file.verdict().request(),
                file.verdict().assessment(),
                file.verdict() instanceof ApprovalRequired required ? required.requirement() : null,
                file.log().votes(),
                file.course(),
                file.openedAt(),
                file.expiresAt(),
                file.decision(),
                run,
                glass,
                revoked);
    }
}
