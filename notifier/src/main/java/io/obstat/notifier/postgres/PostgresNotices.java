package io.obstat.notifier.postgres;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.json.Json;
import io.obstat.notifier.Approval;
import io.obstat.notifier.Notice;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** What there was to tell of each action. */
final class PostgresNotices {

    /** Whatever concerns one action's cards comes one after the other. */
    private static final String LOCK = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(?1, 0))";

    private static final String ADD = "INSERT INTO notifier.notice (action_id, kind, notice) VALUES (?1, ?2, ?3)";
    private static final String ALL = "SELECT kind, notice FROM notifier.notice WHERE action_id = ?1 ORDER BY seq";
    /** What is asked, until when, and who has voted. Ids have no blanks in them. */
    private static final String ASKED = """
            SELECT action_id, kind, notice FROM notifier.notice
            WHERE action_id = ANY(string_to_array(?1, ' ')) AND kind IN ('approval.required', 'approval.opened', 'approval.reviewed', 'action.decided')
            ORDER BY action_id, seq
            """;

    private static final String NEWS =
            "UPDATE notifier.card SET wanted = wanted + 1, due_at = ?2, attempts = 0 WHERE action_id = ?1 AND NOT closed";

    private static final Logger LOG = Logger.getLogger(PostgresNotices.class);

    private PostgresNotices() {}

    /** What is known, and how much of it there is. */
    record Known(Approval approval, long version) {}

    static Uni<Void> lock(Mutiny.Session session, ActionId action) {
        return session.createNativeQuery(LOCK, Integer.class)
                .setParameter(1, action.value())
                .getSingleResult()
                .replaceWithVoid();
    }

    /** Adds it, and has every card of the action rewritten. Returns what is known by now. */
    static Uni<Known> add(Mutiny.Session session, Notice notice, java.time.Instant now) {
        ActionId action = notice.subject().actionId();
        return lock(session, action)
                .chain(() -> session.createNativeQuery(ADD)
                        .setParameter(1, action.value())
                        .setParameter(2, notice.kind().wireName())
                        .setParameter(3, new String(Json.write(notice), StandardCharsets.UTF_8))
                        .executeUpdate())
                .chain(() -> session.createNativeQuery(NEWS)
                        .setParameter(1, action.value())
                        .setParameter(2, now)
                        .executeUpdate())
                .chain(() -> known(session, action));
    }

    /** @throws IllegalStateException when there was nothing to tell of it, or a row cannot be read */
    static Uni<Known> known(Mutiny.Session session, ActionId action) {
        return session.createNativeQuery(ALL, Object[].class)
                .setParameter(1, action.value())
                .getResultList()
                .map(rows -> new Known(Approval.of(notices(action, rows)), rows.size()));
    }

    /** What is asked of these actions, who has voted and whether it is decided, and nothing else of them. An action of which that is not known is left out. */
    static Uni<List<Approval>> asked(Mutiny.Session session, List<ActionId> actions) {
        return session.createNativeQuery(ASKED, Object[].class)
                .setParameter(1, actions.stream().map(ActionId::value).collect(Collectors.joining(" ")))
                .getResultList()
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(row -> (String) row[0], LinkedHashMap::new, Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(action -> readable(
                                new ActionId(action.getKey()),
                                action.getValue().stream()
                                        .map(row -> new Object[] {row[1], row[2]})
                                        .toList()))
                        .filter(notices -> !notices.isEmpty())
                        .map(Approval::of)
                        .toList());
    }

    private static List<Notice> notices(ActionId action, List<Object[]> rows) {
        if (rows.isEmpty()) {
            throw new IllegalStateException("Nothing is known of " + action);
        }
        List<Notice> readable = readable(action, rows);
        if (readable.isEmpty()) {
            throw new IllegalStateException("Nothing that is known of %s can be read".formatted(action));
        }
        return readable;
    }

    /** @param rows of kind and notice */
    private static List<Notice> readable(ActionId action, List<Object[]> rows) {
        return rows.stream()
                .flatMap(row -> readable(action, (String) row[0], (String) row[1]).stream())
                .toList();
    }

    /** INVARIANT: one bad row holds up no event and no other card; what it said is missing on the card, and the log says so. */
    private static Optional<Notice> readable(ActionId action, String kind, String notice) {
        try {
            return Optional.of(read(kind, notice));
        } catch (RuntimeException e) {
            LOG.errorf(e, "A notice of %s cannot be read; mend its row in notifier.notice", action);
            return Optional.empty();
        }
    }

    static Notice read(String kind, String notice) {
        Notice.Kind named = Notice.Kind.named(kind)
                .orElseThrow(() -> new IllegalStateException("A notice is of the unknown kind " + kind));
        return Json.readEvent(notice.getBytes(StandardCharsets.UTF_8), named.record());
    }
}
