package io.obstat.decision.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.GrantId;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.ApprovalView.State;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.News.Changed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link Approvals} in {@code decision.approvals}, paged by key so that a page costs the same however far down it is. */
@ApplicationScoped
class PostgresApprovals implements Approvals {

    private static final String PENDING = """
            from ApprovalRow where state = 'pending' and (expiresAt > ?1 or expiresAt = ?1 and actionId > ?2)
            order by expiresAt, actionId""";

    private static final String DECIDED = """
            from ApprovalRow where asked = true and (decidedAt < ?1 or decidedAt = ?1 and actionId < ?2)
            order by decidedAt desc, actionId desc""";

    private static final String DECIDED_AMONG =
            "select actionId from ApprovalRow where actionId in ?1 and decidedAt is not null";
    private static final String CHANGED =
            "select actionId, state, changedAt from ApprovalRow where asked = true and changedAt > ?1 order by changedAt desc";
    private static final String OF_GRANT = "select actionId from ApprovalRow where grantId = ?1";

    private final Transactions transactions;

    PostgresApprovals(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Optional<ApprovalView>> find(ActionId id) {
        return transactions
                .run(session -> session.find(ApprovalRow.class, id.value()))
                .map(row ->
                        Optional.ofNullable(row).map(ApprovalRow::approvalState).flatMap(ApprovalView::of));
    }

    @Override
    public Uni<Page> pending(@Nullable String cursor, int limit) {
        Cursor from = cursor == null ? Cursor.FIRST : Cursor.parse(cursor);
        return page(PENDING, from, limit, row -> new Cursor(Cursor.present(row.expiresAt), row.actionId));
    }

    @Override
    public Uni<Page> decided(@Nullable String cursor, int limit) {
        Cursor from = cursor == null ? Cursor.LAST : Cursor.parse(cursor);
        return page(DECIDED, from, limit, row -> new Cursor(Cursor.present(row.decidedAt), row.actionId));
    }

    @Override
    public Uni<List<ActionId>> decidedAmong(List<ActionId> ids) {
        List<String> values = ids.stream().map(ActionId::value).toList();
        return transactions
                .run(session -> session.createSelectionQuery(DECIDED_AMONG, String.class)
                        .setParameter(1, values)
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
    public Uni<Optional<ActionId>> actionOf(GrantId grant) {
        return transactions
                .run(session -> session.createSelectionQuery(OF_GRANT, String.class)
                        .setParameter(1, grant.value())
                        .getSingleResultOrNull())
                .map(id -> Optional.ofNullable(id).map(ActionId::new));
    }

    private Uni<Page> page(String query, Cursor from, int limit, Function<ApprovalRow, Cursor> cursorOf) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new IllegalArgumentException("limit is %d; it must be 1 to %d".formatted(limit, LARGEST_PAGE));
        }
        return transactions
                .run(session -> session.createSelectionQuery(query, ApprovalRow.class)
                        .setParameter(1, from.at())
                        .setParameter(2, from.actionId())
                        .setMaxResults(limit + 1)
                        .setReadOnly(true)
                        .getResultList())
                .map(rows -> page(rows, limit, cursorOf));
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
