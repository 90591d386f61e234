package io.obstat.decision.postgres;

import io.obstat.decision.webauthn.ChallengeStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** {@link ChallengeStore} in {@code decision.webauthn_challenges}. */
@ApplicationScoped
class PostgresChallenges implements ChallengeStore {

    // Whoever adds one clears away some that nobody answered: there is nothing else that would.
    private static final String KEEP = """
            with gone as (
                delete from decision.webauthn_challenges where challenge in (
                    select challenge from decision.webauthn_challenges where expires_at <= ?4 limit 100 for update skip locked))
            insert into decision.webauthn_challenges (challenge, nonce, expires_at) values (?1, ?2, ?3)""";

    // INVARIANT: of two that take the same one, one gets it.
    private static final String TAKE =
            "delete from decision.webauthn_challenges where challenge = ?1 returning challenge, nonce, expires_at";

    private final Transactions transactions;
    private final Clock clock;

    PostgresChallenges(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Uni<Void> keep(Issued challenge) {
        return transactions.runOne(session -> session.createNativeQuery(KEEP)
                .setParameter(1, challenge.challenge())
                .setParameter(2, challenge.nonce())
                .setParameter(3, challenge.expiresAt())
                .setParameter(4, clock.instant())
                .executeUpdate()
                .replaceWithVoid());
    }

    @Override
    public Uni<Optional<Issued>> take(String challenge) {
        return transactions.runOne(session -> session.createNativeQuery(TAKE, ChallengeRow.class)
                .setParameter(1, challenge)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(ChallengeRow::issued)));
    }
}
