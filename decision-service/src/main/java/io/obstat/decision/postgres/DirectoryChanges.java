package io.obstat.decision.postgres;

import io.obstat.contracts.json.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny.Session;

/** Changes of the directory, one after the other: each holds the row that carries the version until it is committed. */
@ApplicationScoped
class DirectoryChanges {

    private static final String LOCK = "select version from decision.directory_version for update";
    private static final String RAISE = "update decision.directory_version set version = version + 1";

    private final Transactions transactions;

    DirectoryChanges(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What came of some work, and whether anything is other than it was: every instance reads the whole directory again for a new version. */
    record Done<T>(T result, boolean changed) {

        static <T> Done<T> changed(T result) {
            return new Done<>(result, true);
        }

        static <T> Done<T> unchanged(T result) {
            return new Done<>(result, false);
        }
    }

    /** Does {@code work} while no other change is under way, and tells every instance of a change. Nothing is stored when it fails. */
    <T> Uni<T> change(Function<Session, Uni<Done<T>>> work) {
        return transactions.run(session -> session.createNativeQuery(LOCK, Long.class)
                .getSingleResult()
                .chain(() -> work.apply(session))
                .call(done ->
                        done.changed() ? run(session, RAISE) : Uni.createFrom().voidItem())
                .map(Done::result));
    }

    /** Runs a statement with these values for ?1 and on. */
    static Uni<Integer> run(Session session, String statement, Object... values) {
        var query = session.createNativeQuery(statement);
        for (int i = 0; i < values.length; i++) {
            query.setParameter(i + 1, values[i]);
        }
        return query.executeUpdate();
    }

    /** Rows as a JSON array, for {@code json_to_recordset}. */
    static String json(List<Map<String, String>> rows) {
        return new String(Json.write(rows), StandardCharsets.UTF_8);
    }
}
