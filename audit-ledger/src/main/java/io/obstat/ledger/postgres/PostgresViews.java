package io.obstat.ledger.postgres;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.obstat.contracts.ActionId;
import io.obstat.ledger.ActionHistory;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.CommittedEntry;
import io.obstat.ledger.LedgerLeaf;
import io.obstat.ledger.LedgerLog;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Fills the views. Taking the same entries in twice changes nothing; a gap or an altered entry is never taken in. */
@ApplicationScoped
public class PostgresViews {
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
            Mutiny.Session session, LogRow row, Map<String, ActionRow> known, List<CommittedEntry> batch, long next) {
        LedgerLog log = row.log();
        var added = new ArrayList<Object>();
        var actions = new HashMap<>(known);
        for (CommittedEntry committed : batch) {
            log = log.follow(committed.entry());
            LedgerLeaf leaf = committed.entry().parsedLeaf();
            added.add(new EntryRow(committed.entry(), leaf));
            if (leaf instanceof LedgerLeaf.OfEvent event && event.actionId() != null) {
                show(actions, added, event, event.actionId(), committed);
            }
        }
        row.advanceTo(log, next);
        return session.persistAll(added.toArray());
    }

    private static void show(
            Map<String, ActionRow> actions,
            List<Object> added,
            LedgerLeaf.OfEvent event,
            ActionId actionId,
            CommittedEntry committed) {
        ActionRow known = actions.get(actionId.value());
        ActionView view = ActionHistory.after(
                known == null ? null : known.view(),
                actionId,
                event,
                committed.entry().position());
        if (known == null) {
            var row = new ActionRow(view);
            actions.put(actionId.value(), row);
            added.add(row);
        } else {
            known.show(view);
        }
    }

    private static Uni<Map<String, ActionRow>> actionsOf(Mutiny.Session session, List<CommittedEntry> batch) {
        List<String> ids = batch.stream()
                .flatMap(committed -> committed.entry().parsedLeaf().about().stream())
                .map(ActionId::value)
                .distinct()
                .toList();
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createQuery("from ActionRow where actionId in :ids", ActionRow.class)
                .setParameter("ids", ids)
                .getResultList()
                .map(rows -> rows.stream().collect(toMap(ActionRow::actionId, identity())));
    }
}
