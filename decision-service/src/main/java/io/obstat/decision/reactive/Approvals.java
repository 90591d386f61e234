package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalView;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The approvals, to be read. Every {@code Uni} fails when the database is away; asking again later is safe. */
public interface Approvals {

    int LARGEST_PAGE = 100;
    int MOST_PASSED_OVER = 1_000;

    /** The action's approval or automatic decision; empty when no verdict on it has arrived. */
    Uni<Optional<ApprovalView>> find(ActionId id);

    /** The same as the state that decides; {@code Unopened} when no verdict on it has arrived. */
    Uni<ApprovalState> state(ActionId id);

    /**
     * Approvals that wait for people, the next to expire first.
     *
     * @param cursor where to go on, from {@link Page#next()}; absent for the first page
     * @param limit 1 to {@value #LARGEST_PAGE}
     * @throws IllegalArgumentException when the cursor is none of ours ({@link InvalidCursorException}) or the limit is out of bounds
     */
    Uni<Page> pending(@Nullable String cursor, int limit);

    /** Those that an agent asked for as steps of one plan, the first that was opened first; otherwise like {@link #pending}. */
    Uni<Page> ofPlan(AgentId agent, String plan, @Nullable String cursor, int limit);

    /** Approvals that people were asked for and that are decided, the latest decision first; otherwise like {@link #pending}. */
    Uni<Page> decided(@Nullable String cursor, int limit);

    /**
     * Approvals that wait for people of these groups and that {@code counts} takes, the next to expire first; otherwise like {@link #pending}. What
     * it does not take is passed over, up to {@value #MOST_PASSED_OVER} a call: so a page may be shorter than {@code limit}, or empty, and still have
     * a next.
     *
     * @param at what has expired by then is left out
     */
    Uni<Page> waiting(
            Set<String> groups, Predicate<ApprovalView> counts, Instant at, @Nullable String cursor, int limit);

    /** What was allowed in an emergency and others have yet to sign, the next to be due first; otherwise like {@link #pending}. */
    Uni<Page> unsigned(@Nullable String cursor, int limit);

    /** Those of these actions that are decided, or have changed since then by the clock of whoever changed them. */
    Uni<List<ActionId>> newsAmong(List<ActionId> ids, Instant since);

    /** What people were asked for and has changed since then, by the clock of whoever changed it; the latest {@code most}, latest first. */
    Uni<List<News.Changed>> changedSince(Instant since, int most);

    /** What this agent has asked for last and a verdict has arrived on; fails when it cannot be read. */
    Uni<Optional<ApprovalView>> latestOf(AgentId agent);

    /** The action whose decision carries this grant. */
    Uni<Optional<ActionId>> actionOf(GrantId grant);

    /**
     * Some approvals, in order.
     *
     * @param next the cursor of the following page; absent on the last one
     */
    record Page(List<ApprovalView> approvals, @Nullable String next) {

        public Page {
            approvals = List.copyOf(approvals);
        }
    }
}
