package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.decision.ApprovalState.Allowed;
import io.obstat.decision.ApprovalState.CaseFile;
import io.obstat.decision.ApprovalState.Denied;
import io.obstat.decision.ApprovalState.Executed;
import io.obstat.decision.ApprovalState.Expired;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Redeemed;
import io.obstat.decision.ApprovalState.Rejected;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.ApprovalState.Withdrawn;
import java.time.Instant;
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
 * @param progress how far each slot is, in the requirement's order; empty when policy decided alone
 * @param reviews the reviews on record that count, oldest first
 * @param openedAt when the verdict arrived here
 * @param expiresAt when it ends without a decision by people; absent when policy decided alone
 * @param decision the terminal decision, once there is one; its {@code decidedAt} says when
 * @param run what became of the grant, once it was redeemed
 */
public record ApprovalView(
        ActionId actionId,
        State state,
        ActionRequested request,
        Assessment assessment,
        @Nullable Requirement requirement,
        List<SlotProgress> progress,
        List<Review> reviews,
        Instant openedAt,
        @Nullable Instant expiresAt,
        @Nullable Decision decision,
        @Nullable Run run) {

    public ApprovalView {
        progress = List.copyOf(progress);
        reviews = List.copyOf(reviews);
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
        WITHDRAWN("withdrawn");

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
            case Allowed allowed -> Optional.of(decided(State.ALLOWED, allowed.file(), null));
            case Redeemed redeemed ->
                Optional.of(decided(
                        State.REDEEMED,
                        redeemed.file(),
                        new Run(redeemed.redeemed().redeemedAt(), null)));
            case Executed executed ->
                Optional.of(decided(
                        State.EXECUTED,
                        executed.file(),
                        new Run(executed.redeemed().redeemedAt(), executed.executed())));
            case Denied denied -> Optional.of(decided(State.DENIED, denied.file(), null));
            case Rejected rejected -> Optional.of(decided(State.REJECTED, rejected.file(), null));
            case Expired expired -> Optional.of(decided(State.EXPIRED, expired.file(), null));
            case Withdrawn withdrawn -> Optional.of(decided(State.WITHDRAWN, withdrawn.file(), null));
        };
    }

    public boolean pending() {
        return state == State.PENDING;
    }

    /** Whether this person's approval would count, were it submitted now. */
    public Eligibility eligibilityOf(Reviewer reviewer) {
        if (requirement == null) {
            return new Eligibility(false, "Policy decided this alone; nobody was asked.");
        }
        if (decision != null) {
            return new Eligibility(false, Wording.decided(decision.outcome(), decision.decidedAt()));
        }
        return new SeparationOfDuties(request, requirement, reviews)
                .refusal(reviewer, Review.Verb.APPROVE)
                .map(refused -> new Eligibility(false, refused.explanation()))
                .orElseGet(() -> new Eligibility(
                        true, "You can decide. Still needed: %s.".formatted(Wording.missing(progress))));
    }

    /** Whether this person's rejection would count, were it submitted now: also that of one who has approved before. */
    public boolean canReject(Reviewer reviewer) {
        return requirement != null
                && decision == null
                && new SeparationOfDuties(request, requirement, reviews)
                        .refusal(reviewer, Review.Verb.REJECT)
                        .isEmpty();
    }

    private static ApprovalView pending(Pending pending) {
        return new ApprovalView(
                pending.verdict().actionId(),
                State.PENDING,
                pending.verdict().request(),
                pending.verdict().assessment(),
                pending.verdict().requirement(),
                pending.quorum().progress(),
                pending.log().counted(),
                pending.openedAt(),
                pending.expiresAt(),
                null,
                null);
    }

    private static ApprovalView decided(State state, CaseFile file, @Nullable Run run) {
        Requirement requirement = file.verdict() instanceof ApprovalRequired required ? required.requirement() : null;
        return new ApprovalView(
                file.verdict().actionId(),
                state,
                file.verdict().request(),
                file.verdict().assessment(),
                requirement,
                requirement == null
                        ? List.of()
                        : Quorum.of(requirement, file.log().counted()).progress(),
                file.log().counted(),
                file.openedAt(),
                file.expiresAt(),
                file.decision(),
                run);
    }
}
