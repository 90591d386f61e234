package io.obstat.ledger.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.ledger.ActionSearch;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.Timeline;
import io.obstat.ledger.UnavailableException;
import io.obstat.ledger.Words;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Reads the views. Every answer fails with {@link UnavailableException} when the database is away, at the latest after ten seconds. */
@ApplicationScoped
public class PostgresLedger {
    /** More entries about one action than this are not shown in one answer. */
    static final int LONGEST_TIMELINE = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Mutiny.SessionFactory sessions;

    PostgresLedger(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** The timeline of an action; empty when the views do not know it (yet). At most 1,000 entries, the first ones. */
    public Uni<Optional<Timeline>> timeline(ActionId actionId) {
        return available(session -> session.find(ActionRow.class, actionId.value())
                .map(Optional::ofNullable)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : entries(session, actionId)
                                .map(entries -> Optional.of(timeline(found.get().view(), entries)))));
    }

    private <T> Uni<T> available(Function<Mutiny.Session, Uni<T>> reading) {
        return sessions.withSession(reading)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                // A row that was altered is no matter of waiting: it must not look like one.
                .onFailure(failure -> !(failure instanceof IllegalArgumentException))
                .transform(UnavailableException::new);
    }

    private static Uni<List<LedgerEntry>> entries(Mutiny.Session session, ActionId actionId) {
        return session.createQuery("from EntryRow where actionId = :id order by key.log, key.sequence", EntryRow.class)
                .setParameter("id", actionId.value())
                .setMaxResults(LONGEST_TIMELINE + 1)
                .getResultList()
                .map(rows -> rows.stream().map(EntryRow::entry).toList());
    }

    private static Timeline timeline(ActionView view, List<LedgerEntry> entries) {
        boolean complete = entries.size() <= LONGEST_TIMELINE;
        return Timeline.of(view, complete ? entries : entries.subList(0, LONGEST_TIMELINE), complete);
    }

    /** A page of actions, newest first. */
    public Uni<ActionSearch.Page> search(ActionSearch search) {
        var conditions = new ArrayList<String>();
        var parameters = new LinkedHashMap<String, Object>();
        narrow(search, conditions, parameters);
        String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
        return available(session -> {
                    var query = session.createQuery(
                                    "from ActionRow %s order by firstAt desc, actionId desc".formatted(where),
                                    ActionRow.class)
                            .setMaxResults(search.limit() + 1);
                    parameters.forEach(query::setParameter);
                    return query.getResultList();
                })
                .map(rows -> page(rows, search.limit()));
    }

    /** Conditions are fixed texts; whatever the caller typed goes into parameters. */
    private static void narrow(ActionSearch search, List<String> conditions, Map<String, Object> parameters) {
        if (search.agent() != null) {
            conditions.add("agent = :agent");
            parameters.put("agent", search.agent());
        }
        if (search.type() != null) {
            conditions.add("type = :type");
            parameters.put("type", search.type());
        }
        if (Words.PENDING.equals(search.outcome())) {
            conditions.add("outcome is null");
        } else if (search.outcome() != null) {
            conditions.add("outcome = :outcome");
            parameters.put("outcome", search.outcome());
        }
        for (int i = 0; i < search.words().size(); i++) {
            conditions.add("search like :word%d escape '!'".formatted(i));
            parameters.put("word" + i, "%" + search.words().get(i).replaceAll("([!%_])", "!$1") + "%");
        }
        ActionSearch.Cursor after = search.after();
        if (after != null) {
            conditions.add("(firstAt < :firstAt or (firstAt = :firstAt and actionId < :actionId))");
            parameters.put("firstAt", after.firstAt());
            parameters.put("actionId", after.actionId().value());
        }
    }

    private static ActionSearch.Page page(List<ActionRow> rows, int limit) {
        List<ActionView> actions =
                rows.stream().limit(limit).map(ActionRow::view).toList();
        if (rows.size() <= limit) {
            return new ActionSearch.Page(actions, null);
        }
        ActionRow last = rows.get(limit - 1);
        return new ActionSearch.Page(
                actions,
                new ActionSearch.Cursor(last.firstAt().truncatedTo(ChronoUnit.MICROS), new ActionId(last.actionId())));
    }
}
