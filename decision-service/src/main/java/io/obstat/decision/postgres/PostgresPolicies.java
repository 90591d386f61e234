package io.obstat.decision.postgres;

import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.decision.Circumstances.PolicyInForce;
import io.obstat.decision.reactive.Policies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@link Policies} in {@code decision.policies}. */
@ApplicationScoped
class PostgresPolicies implements Policies {

    private static final String NOTE = """
            insert into decision.policies (name, digest, activated_at) values (?1, ?2, ?3)
            on conflict (digest) do update set activated_at = excluded.activated_at
            where decision.policies.activated_at < excluded.activated_at""";

    /** The latest first. Whoever still speaks by a set that twenty others have followed is not known. */
    private static final String LATEST =
            "select digest, activated_at from decision.policies order by activated_at desc, digest limit 20";

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
                        session.createNativeQuery(LATEST, Tuple.class).getResultList())
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(latest -> new PolicyInForce(
                                latest.get(0, String.class),
                                latest.get(1, OffsetDateTime.class).toInstant(),
                                rows.stream()
                                        .skip(1)
                                        .map(row -> row.get(0, String.class))
                                        .collect(Collectors.toSet()))));
    }
}
