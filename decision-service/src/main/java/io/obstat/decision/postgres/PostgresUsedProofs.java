package io.obstat.decision.postgres;

import io.obstat.decision.reactive.UsedProofs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** {@link UsedProofs} in {@code decision.used_proofs}. */
@ApplicationScoped
class PostgresUsedProofs implements UsedProofs {

    // Old ones go with every new one; those that another call is deleting are left to it.
    private static final String USE = """
            with gone as (
                delete from decision.used_proofs where (thumbprint, id) in (
                    select thumbprint, id from decision.used_proofs where good_until < ?4 limit 100 for update skip locked))
            insert into decision.used_proofs (thumbprint, id, good_until) values (?1, ?2, ?3)
            on conflict (thumbprint, id) do nothing""";

    private final Transactions transactions;
    private final Clock clock;

    PostgresUsedProofs(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Uni<Boolean> use(String thumbprint, String id, Instant until) {
        return transactions
                .runOne(session -> session.createNativeQuery(USE)
                        .setParameter(1, thumbprint)
                        .setParameter(2, id)
                        .setParameter(3, until)
                        .setParameter(4, clock.instant())
                        .executeUpdate())
                .map(rows -> rows == 1);
    }
}
