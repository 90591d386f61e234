package io.obstat.decision.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.ApprovalView.State;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.News.Changed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** {@link Approvals} in {@code decision.approvals}, paged by key so that a page costs the same however far down it is. */
@ApplicationScoped
class PostgresApprovals implements Approvals {

    // Rows are compared whole, which is what an index can begin at; "later, or as late and with a later id" it cannot.
    static final String PENDING = """
            select * from decision.approvals where state = 'pending' and (expires_at, action_id) > (?1, ?2)
            order by expires_at, action_id limit ?3""";

    static final String DECIDED = """
            select * from decision.approvals where asked and decided_at is not null and (decided_at, action_id) < (?1, ?2)
            order by decided_at desc, action_id desc limit ?3""";

    // The next of each group from its own part of the index, and of those the next: what waits for others is not looked
    // at.
    static final String WAITING = """
            select approval.* from (
                select distinct next.expires_at, next.action_id
                from json_array_elements_text(cast(cast(?4 as text) as json)) as mine (group_name)
                cross join lateral (
                    select asked.expires_at, asked.action_id from decision.asked
                    where asked.group_name = mine.group_name and (asked.expires_at, asked.action_id) > (?1, ?2)
                    order by asked.expires_at, asked.action_id limit ?3) as next
                order by next.expires_at, next.action_id limit ?3) as page
            join decision.approvals as approval using (action_id)
            order by page.expires_at, page.action_id""";

    private static final String UNSIGNED = """
            select * from decision.approvals where glass_due_at is not null and (glass_due_at, action_id) > (?1, ?2)
            order by glass_due_at, action_id limit ?3""";

    private static final String OF_PLAN = """
            select * from decision.approvals
            where state = 'pending' and agent = ?4 and plan = ?5 and (opened_at, action_id) > (?1, ?2)
            order by opened_at, action_id limit ?3""";

    static final String LATEST_OF_AGENT =
            "select * from decision.approvals where agent = ?1 order by opened_at desc limit 1";

    private static final String NEWS_AMONG =
            "select actionId from ApprovalRow where actionId in ?1 and (decidedAt is not null or changedAt > ?2)";
    private static final String CHANGED =
            "select actionId, state, changedAt from ApprovalRow where asked = true and changedAt > ?1 order by changedAt desc";
    private static final String OF_GRANT = "select actionId from ApprovalRow where grantId = ?1";

    private final Transactions transactions;

    PostgresApprovals(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Optional<ApprovalView>> find(ActionId id) {
        return state(id).map(ApprovalView::of);
    }

    @Override
    public Uni<ApprovalState> state(ActionId id) {
        return transactions
                .run(session -> session.find(ApprovalRow.class, id.value()))
                .map(row -> row == null ? ApprovalState.Unopened.empty() : row.approvalState());
    }

    @Override
    public Uni<Page> pending(@Nullable String cursor, int limit) {
        Cursor from = cursor == null ? Cursor.FIRST : Cursor.parse(cursor);
        return page(PENDING, from, limit, PostgresApprovals::byDeadline);
    }

    @Override
    public Uni<Page> ofPlan(AgentId agent, String plan, @Nullable String cursor, int limit) {
        requireLimit(limit);
        Cursor from = cursor == null ? Cursor.FIRST : Cursor.parse(cursor);
        return rows(
                        OF_PLAN,
                        from,
                        limit,
                        query -> query.setParameter(4, agent.value()).setParameter(5, plan))
                .map(rows -> page(rows, limit, row -> new Cursor(Cursor.present(row.openedAt), row.actionId)));
    }

    @Override
    public Uni<Page> decided(@Nullable String cursor, int limit) {
        Cursor from = cursor == null ? Cursor.LAST : Cursor.parse(cursor);
        return page(DECIDED, from, limit, row -> new Cursor(Cursor.present(row.decidedAt), row.actionId));
    }

    @Override
    public Uni<Page> waiting(
            Set<String> groups, Predicate<ApprovalView> counts, Instant at, @Nullable String cursor, int limit) {
        requireLimit(limit);
        Cursor from = cursor == null ? Cursor.FIRST : Cursor.parse(cursor);
        Cursor begin = from.at().isBefore(at) ? new Cursor(at, "") : from;
        return gathered(
                new Waiting(new String(Json.write(groups), StandardCharsets.UTF_8), counts, limit),
                begin,
                0,
                new ArrayList<>());
    }

    @Override
    public Uni<Page> unsigned(@Nullable String cursor, int limit) {
        Cursor from = cursor == null ? Cursor.FIRST : Cursor.parse(cursor);
        return page(UNSIGNED, from, limit, row -> new Cursor(Cursor.present(row.glassDueAt), row.actionId));
    }

    @Override
    public Uni<List<ActionId>> newsAmong(List<ActionId> ids, Instant since) {
        List<String> values = ids.stream().map(ActionId::value).toList();
        return transactions
                .run(session -> session.createSelectionQuery(NEWS_AMONG, String.class)
                        .setParameter(1, values)
                        .setParameter(2, since)
                        .getResultList())
                .map(PostgresApprovals::actions);
    }

    @Override
    public Uni<List<Changed>> changedSince(Instant since, int most) {
        return transactions
                .run(session -> session.createSelectionQuery(CHANGED, Object[].class)
                        .setParameter(1, since)
                        .setMaxResults(most)
                        .getResultList())
                .map(rows -> rows.stream()
                        .map(row -> new Changed(
                                new ActionId((String) row[0]), State.named((String) row[1]), (Instant) row[2]))
                        .toList());
    }

    @Override
    public Uni<Optional<ApprovalView>> latestOf(AgentId agent) {
        return transactions.runOne(session -> session.createNativeQuery(LATEST_OF_AGENT, ApprovalRow.class)
                .setParameter(1, agent.value())
                .setReadOnly(true)
                .getSingleResultOrNull()
                .map(row -> row == null ? Optional.empty() : ApprovalView.of(row.approvalState())));
    }

    @Override
    public Uni<Optional<ActionId>> actionOf(GrantId grant) {
        return transactions
                .run(session -> session.createSelectionQuery(OF_GRANT, String.class)
                        .setParameter(1, grant.value())
                        .getSingleResultOrNull())
                .map(id -> Optional.ofNullable(id).map(ActionId::new));
    }

    /** @param groups as a JSON array */
    private record Waiting(String groups, Predicate<ApprovalView> counts, int limit) {}

    /** One look after the other until the page is full, nothing is left, or enough was looked at. */
    private Uni<Page> gathered(Waiting waiting, Cursor from, int looked, List<ApprovalView> found) {
        int most = looked == 0 ? waiting.limit() : LARGEST_PAGE;
        return rows(WAITING, from, most, query -> query.setParameter(4, waiting.groups()))
                .chain(rows -> {
                    Cursor last = from;
                    for (ApprovalRow row : rows.subList(0, Math.min(most, rows.size()))) {
                        if (found.size() == waiting.limit()) {
                            return Uni.createFrom().item(new Page(found, last.text()));
                        }
                        row.view().filter(waiting.counts()).ifPresent(found::add);
                        last = byDeadline(row);
                    }
                    if (rows.size() <= most) {
                        return Uni.createFrom().item(new Page(found, null));
                    }
                    return found.size() == waiting.limit() || looked + most >= MOST_PASSED_OVER
                            ? Uni.createFrom().item(new Page(found, last.text()))
                            : gathered(waiting, last, looked + most, found);
                });
    }

    private Uni<Page> page(String query, Cursor from, int limit, Function<ApprovalRow, Cursor> cursorOf) {
        requireLimit(limit);
        return rows(query, from, limit, UnaryOperator.identity()).map(rows -> page(rows, limit, cursorOf));
    }

    /** The rows after {@code from}, at most {@code limit}, and one more when there are more. */
    private Uni<List<ApprovalRow>> rows(
            String query, Cursor from, int limit, UnaryOperator<Mutiny.SelectionQuery<ApprovalRow>> more) {
        return transactions.runOne(session -> more.apply(session.createNativeQuery(query, ApprovalRow.class)
                        .setParameter(1, from.at())
                        .setParameter(2, from.actionId())
                        .setParameter(3, limit + 1))
                .setReadOnly(true)
                .getResultList());
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("limit is %d; it must be 1 to %d".formatted(limit, LARGEST_PAGE));
        }
    }

    private static Cursor byDeadline(ApprovalRow row) {
        return new Cursor(Cursor.present(row.expiresAt), row.actionId);
    }

    private static Page page(List<ApprovalRow> rows, int limit, Function<ApprovalRow, Cursor> cursorOf) {
        List<ApprovalRow> shown = rows.subList(0, Math.min(limit, rows.size()));
        List<ApprovalView> views =
                shown.stream().map(ApprovalRow::view).flatMap(Optional::stream).toList();
        String next = rows.size() > limit ? cursorOf.apply(shown.getLast()).text() : null;
        return new Page(views, next);
    }

    private static List<ActionId> actions(List<String> ids) {
        return ids.stream().map(ActionId::new).toList();
    }
}
