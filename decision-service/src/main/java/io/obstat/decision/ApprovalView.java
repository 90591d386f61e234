package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import java.time.Instant;
import java.util.List;
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
    }

    /**
     * What became of a grant.
     *
     * @param redeemedAt when the agent took it up
     * @param executed how it went, once the agent has reported; its summary is in the agent's words
     */
    public record Run(Instant redeemedAt, @Nullable ActionExecuted executed) {}

    public boolean pending() {
        return state == State.PENDING;
    }
}
