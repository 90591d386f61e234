package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
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

    /** What this person can do about it in these circumstances. */
    public Standing standing(Reviewer reviewer, Circumstances at) {
        return new Standing(this, reviewer, at);
    }

    /** Who is to be told of it in these circumstances. */
    public Audience audience(Circumstances at) {
        return Audience.of(this, at);
    }

    /** Whether people were asked. */
    public boolean asked() {
        return expiresAt != null;
    }

    Optional<Panel> panel(Circumstances at) {
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
