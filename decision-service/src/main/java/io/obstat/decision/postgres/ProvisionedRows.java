package io.obstat.decision.postgres;

import io.obstat.contracts.Quoted;
import io.obstat.decision.directory.Criterion;
import io.obstat.decision.directory.Provisioned;
import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.directory.RefusedException.Reason;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What users and groups have in common as rows. */
final class ProvisionedRows {

    private ProvisionedRows() {}

    /** @param select up to its last condition; its last column is the number of all rows */
    static <C> Uni<Provisioned.Page<C>> page(
            Transactions transactions,
            String select,
            String name,
            Criterion criterion,
            int first,
            int most,
            Function<@Nullable Object[], Provisioned<C>> read) {
        String condition = switch (criterion.by()) {
            case NOTHING -> " ?1 = ''";
            case ID -> " id = ?1";
            case EXTERNAL_ID -> " external_id = ?1";
            case NAME -> " lower(%s) = lower(?1)".formatted(name);
        };
        String ordered = select + condition + " order by created_at, id";
        return transactions
                .run(session -> session.createNativeQuery(ordered, Object[].class)
                        .setParameter(1, criterion.value())
                        .setFirstResult(first)
                        .setMaxResults(Math.max(1, most))
                        .getResultList())
                // A page behind the last row has no row to say how many there are.
                .chain(rows -> rows.isEmpty() && first > 0
                        ? page(transactions, select, name, criterion, 0, 0, read)
                        : Uni.createFrom().item(page(rows, most, read)));
    }

    private static <C> Provisioned.Page<C> page(
            List<Object[]> rows, int most, Function<@Nullable Object[], Provisioned<C>> read) {
        long total = rows.isEmpty() ? 0 : (Long) rows.getFirst()[rows.getFirst().length - 1];
        return new Provisioned.Page<>(
                most == 0 ? List.of() : rows.stream().map(read).toList(), total);
    }

    /** @param times the column of the first of the two times */
    static <C> Provisioned<C> of(@Nullable Object[] row, int times, C content) {
        return new Provisioned<>(String.valueOf(row[0]), content, Times.of(row[times]), Times.of(row[times + 1]));
    }

    /** An id to look for. PostgreSQL takes no text with U+0000, and nothing has such an id: it is looked for as none. */
    static String id(String id) {
        return id.indexOf('\0') < 0 ? id : "";
    }

    static RefusedException unknown(String kind, String id) {
        return new RefusedException(
                Reason.UNKNOWN, "id", "is %s, and there is no such %s".formatted(Quoted.of(id), kind));
    }
}
