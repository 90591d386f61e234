package io.obstat.decision.postgres;

import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.decision.Circumstances.PolicyInForce;
import io.obstat.decision.reactive.Policies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.OffsetDateTime;
import java.util.Optional;

/** {@link Policies} in {@code decision.policies}. */
@ApplicationScoped
class PostgresPolicies implements Policies {

    private static final String NOTE = """
            insert into decision.policies (name, digest, activated_at) values (?1, ?2, ?3)
            on conflict (name) do update set digest = excluded.digest, activated_at = excluded.activated_at
            where decision.policies.activated_at < excluded.activated_at and decision.policies.digest <> excluded.digest""";

    private static final String IN_FORCE =
            "select digest, activated_at from decision.policies order by activated_at desc limit 1";

    private final Transactions transactions;

    PostgresPolicies(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Boolean> note(PolicySetActivated activated) {
        return transactions
                .runOne(session -> session.createNativeQuery(NOTE)
                        .setParameter(1, activated.name())
                        .setParameter(2, activated.digest())
                        .setParameter(3, activated.activatedAt())
                        .executeUpdate())
                .map(rows -> rows > 0);
    }

    @Override
    public Uni<Optional<PolicyInForce>> inForce() {
        return transactions
                .runOne(session ->
                        session.createNativeQuery(IN_FORCE, Tuple.class).getSingleResultOrNull())
                .map(row -> Optional.ofNullable(row)
                        .map(found -> new PolicyInForce(
                                found.get(0, String.class),
                                found.get(1, OffsetDateTime.class).toInstant())));
    }
}
