package io.obstat.ledger;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import io.obstat.ledger.postgres.PostgresViews;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/** Entries of stories, as the topology would have written them, and a way to wait for the database. */
public final class ViewsUnderTest {
    private ViewsUnderTest() {}

    /** The events as entries of this log, each at twice its sequence as offset, for transaction markers take offsets too. */
    public static List<CommittedEntry> entries(int log, List<? extends Event> events) {
        var entries = new ArrayList<CommittedEntry>();
        var ledger = new LedgerLog(log, Frontier.EMPTY);
        for (Event event : events) {
            long sequence = ledger.frontier().size();
            var source = new SourceRecord(
                    Topics.of(EventType.of(event)).name(), log, sequence, Samples.START.plusMillis(sequence));
            LedgerLog.Appended appended = ledger.append(
                    CanonicalLeaf.of(source, Samples.envelope(event, "1"), Json.write(event)), Samples.at(100));
            ledger = appended.log();
            entries.add(new CommittedEntry(appended.entry(), 2 * sequence));
        }
        return entries;
    }

    /** The view of an action after these events, which are about it. */
    public static ActionView view(ActionId id, List<? extends Event> events) {
        ActionView view = null;
        for (CommittedEntry committed : entries(0, events)) {
            view = ActionHistory.after(
                    view,
                    id,
                    (LedgerLeaf.OfEvent) committed.leaf(),
                    committed.entry().position());
        }
        return Objects.requireNonNull(view, "no events");
    }

    /** The whole story of one action. */
    public static List<Event> story(int number) {
        var id = Samples.action(number);
        return List.of(
                Samples.requested(id, "quarterly\u202E churn analysis <script>alert(1)</script>"),
                Samples.approvalRequired(id),
                Samples.opened(id),
                Samples.refused(id),
                Samples.recorded(id),
                Samples.allowed(id),
                Samples.redeemed(id),
                Samples.executed(id),
                Samples.misused(id));
    }

    /** Empties the views, and lets them take in the story of the first action. */
    public static void fill(Mutiny.SessionFactory sessions, PostgresViews views) {
        empty(sessions);
        List<CommittedEntry> entries = entries(0, story(1));
        await(() -> views.take(0, 0, entries, entries.getLast().offset() + 1));
    }

    public static void empty(Mutiny.SessionFactory sessions) {
        await(() -> sessions.withTransaction(
                session -> session.createNativeQuery("truncate ledger.logs, ledger.entries, ledger.actions")
                        .executeUpdate()));
    }

    public static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
