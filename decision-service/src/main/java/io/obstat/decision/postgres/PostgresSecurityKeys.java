package io.obstat.decision.postgres;

import io.obstat.decision.webauthn.KeyHolder;
import io.obstat.decision.webauthn.SecurityKey;
import io.obstat.decision.webauthn.SecurityKeys;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny.Session;

/** {@link SecurityKeys} in {@code decision.security_keys}. */
@ApplicationScoped
class PostgresSecurityKeys implements SecurityKeys {

    private static final String OF =
            "from SecurityKeyRow where authority = ?1 and subject = ?2 order by createdAt, credentialId";
    private static final String FIND =
            "from SecurityKeyRow where authority = ?1 and subject = ?2 and credentialId = ?3";

    // Two first keys of one person at the same moment come one after the other, and the second sees the first.
    private static final String ONE_BY_ONE =
            "select cast(pg_advisory_xact_lock(hashtextextended(cast(?1 as text), 0)) as text)";

    private static final String ADD = """
            insert into decision.security_keys (credential_id, authority, subject, label, attested, synced, sign_count, created_at)
            select cast(?1 as text), cast(?2 as text), cast(?3 as text), cast(?4 as text), cast(?5 as bytea), cast(?6 as boolean),
                   cast(?7 as bigint), cast(?8 as timestamptz)
            where not cast(?9 as boolean) or not exists (select 1 from decision.security_keys where authority = ?2 and subject = ?3)
            on conflict (credential_id) do nothing""";

    // SPEC: WebAuthn §7.2 step 22, here in one statement: of two answers with the same counter one is counted.
    private static final String USED = """
            update decision.security_keys set sign_count = ?1, last_used_at = ?2
            where credential_id = ?3 and (sign_count < ?1 or (sign_count = 0 and cast(?1 as bigint) = 0))""";

    private static final String REMOVE =
            "delete from decision.security_keys where authority = ?1 and subject = ?2 and credential_id = ?3";

    private final Transactions transactions;

    PostgresSecurityKeys(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<List<SecurityKey>> of(KeyHolder holder) {
        return transactions.runOne(session -> session.createSelectionQuery(OF, SecurityKeyRow.class)
                .setParameter(1, holder.authority())
                .setParameter(2, holder.subject())
                .getResultList()
                .map(rows -> rows.stream().map(SecurityKeyRow::key).toList()));
    }

    @Override
    public Uni<Optional<SecurityKey>> find(KeyHolder holder, String credentialId) {
        return transactions.runOne(session -> session.createSelectionQuery(FIND, SecurityKeyRow.class)
                .setParameter(1, holder.authority())
                .setParameter(2, holder.subject())
                .setParameter(3, credentialId)
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(SecurityKeyRow::key)));
    }

    @Override
    public Uni<Boolean> add(SecurityKey key, boolean onlyAsFirst) {
        return transactions.run(session -> session.createNativeQuery(ONE_BY_ONE, String.class)
                .setParameter(1, key.holder().userHandle())
                .getSingleResultOrNull()
                .chain(() -> inserted(session, key, onlyAsFirst))
                .map(count -> count == 1));
    }

    @Override
    public Uni<Boolean> used(SecurityKey key, long signCount, Instant at) {
        return transactions.runOne(session -> session.createNativeQuery(USED)
                .setParameter(1, signCount)
                .setParameter(2, at)
                .setParameter(3, key.credentialId())
                .executeUpdate()
                .map(count -> count == 1));
    }

    @Override
    public Uni<Void> remove(KeyHolder holder, String credentialId) {
        return transactions.runOne(session -> session.createNativeQuery(REMOVE)
                .setParameter(1, holder.authority())
                .setParameter(2, holder.subject())
                .setParameter(3, credentialId)
                .executeUpdate()
                .replaceWithVoid());
    }

    private static Uni<Integer> inserted(Session session, SecurityKey key, boolean onlyAsFirst) {
        return session.createNativeQuery(ADD)
                .setParameter(1, key.credentialId())
                .setParameter(2, key.holder().authority())
                .setParameter(3, key.holder().subject())
                .setParameter(4, key.label())
                .setParameter(5, key.attested())
                .setParameter(6, key.synced())
                .setParameter(7, key.signCount())
                .setParameter(8, key.createdAt())
                .setParameter(9, onlyAsFirst)
                .executeUpdate();
    }
}
