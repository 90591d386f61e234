package io.obstat.ledger.postgres;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.json.Json;
import io.obstat.ledger.ActionHistory;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.CommittedEntry;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.LedgerLeaf;
import io.obstat.ledger.LedgerLog;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Fills the views. Taking the same entries in twice changes nothing; a gap or an altered entry is never taken in. */
@ApplicationScoped
public class PostgresViews {
    private static final String ENTRIES = """
            insert into ledger.entries (log, sequence, action_id, event_type, leaf, leaf_hash, root_hash, appended_at)
            select log, sequence, action_id, event_type, leaf, leaf_hash, root_hash, appended_at
            from json_populate_recordset(cast(null as ledger.entries), cast(cast(?1 as text) as json))""";

    private static final String ACTIONS = """
            insert into ledger.actions (action_id, first_at, agent, type, outcome, search, view)
            select action_id, first_at, agent, type, outcome, search, view
            from json_populate_recordset(cast(null as ledger.actions), cast(cast(?1 as text) as json))
            on conflict (action_id) do update set
                first_at = excluded.first_at, agent = excluded.agent, type = excluded.type,
                outcome = excluded.outcome, search = excluded.search, view = excluded.view""";

    private final Mutiny.SessionFactory sessions;

    PostgresViews(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** For each log that the views know, the offset of the next entry to take in. */
    public Uni<Map<Integer, Long>> positions() {
        return sessions.withSession(session ->
                        session.createQuery("from LogRow", LogRow.class).getResultList())
                .map(rows -> rows.stream().collect(toMap(LogRow::number, LogRow::nextOffset)));
    }

    /**
     * Takes in entries of one log, with the position, in one transaction.
     *
     * @param from the offset up to which the caller believes the log to be taken in
     * @param next the offset to continue at after {@code batch}
     * @return fails with {@link PositionMovedException} when the log is taken in up to another offset, and with
     *     {@link io.obstat.ledger.BrokenLogException} when the entries do not continue the log; nothing is changed then
     */
    public Uni<Void> take(int log, long from, List<CommittedEntry> batch, long next) {
        return sessions.withTransaction(session -> session.find(LogRow.class, log)
                .map(Optional::ofNullable)
                .chain(found ->
                        found.map(row -> Uni.createFrom().item(row)).orElseGet(() -> created(session, new LogRow(log))))
                .chain(row -> {
                    if (row.nextOffset() != from) {
                        throw new PositionMovedException(log, from, row.nextOffset());
                    }
                    return actionsOf(session, batch).chain(known -> take(session, row, known, batch, next));
                }));
    }

    private static Uni<LogRow> created(Mutiny.Session session, LogRow row) {
        return session.persist(row).replaceWith(row);
    }

    private static Uni<Void> take(
            Mutiny.Session session,
            LogRow row,
            Map<ActionId, ActionView> known,
            List<CommittedEntry> batch,
            long next) {
        LedgerLog log = row.log();
        var entries = new ArrayList<Map<String, @Nullable Object>>();
        var views = new LinkedHashMap<ActionId, ActionView>();
        for (CommittedEntry committed : batch) {
            LedgerEntry entry = committed.entry();
            log = log.follow(entry);
            entries.add(EntryRow.columns(entry, committed.leaf()));
            if (committed.leaf() instanceof LedgerLeaf.OfEvent event && event.actionId() != null) {
                ActionView before = views.getOrDefault(event.actionId(), known.get(event.actionId()));
                views.put(event.actionId(), ActionHistory.after(before, event.actionId(), event, entry.position()));
            }
        }
        row.advanceTo(log, next);
        return inserted(session, ENTRIES, entries)
                .chain(() -> inserted(
                        session,
                        ACTIONS,
                        views.values().stream().map(ActionRow::columns).toList()));
    }

    /** One statement for all the rows, which go there as JSON objects with the columns. */
    private static Uni<Void> inserted(
            Mutiny.Session session, String statement, List<Map<String, @Nullable Object>> rows) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : session.createNativeQuery(statement)
                        .setParameter(1, new String(Json.write(rows), StandardCharsets.UTF_8))
                        .executeUpdate()
                        .replaceWithVoid();
    }

    private static Uni<Map<ActionId, ActionView>> actionsOf(Mutiny.Session session, List<CommittedEntry> batch) {
        List<String> ids = batch.stream()
                .flatMap(committed -> committed.leaf().about().stream())
                .map(ActionId::value)
                .distinct()
                .toList();
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createQuery("select view from ActionRow where actionId in :ids", String.class)
                .setParameter("ids", ids)
                .getResultList()
                .map(views -> views.stream().map(ActionRow::view).collect(toMap(ActionView::actionId, identity())));
    }
}
