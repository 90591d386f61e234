package io.obstat.decision.postgres;

import io.obstat.decision.webauthn.KeyHolder;
import io.obstat.decision.webauthn.SecurityKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code decision.security_keys}. */
@Entity
@Table(schema = "decision", name = "security_keys")
class SecurityKeyRow {

    @Id
    @Column(name = "credential_id")
    String credentialId;

    @Column(name = "authority")
    String authority;

    @Column(name = "subject")
    String subject;

    @Column(name = "label")
    String label;

    @Column(name = "attested")
    byte[] attested;

    @Column(name = "synced")
    boolean synced;

    @Column(name = "sign_count")
    long signCount;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "last_used_at")
    @Nullable
    Instant lastUsedAt;

    SecurityKey key() {
        return new SecurityKey(
                credentialId,
                new KeyHolder(authority, subject),
                label,
                attested,
                synced,
                signCount,
                createdAt,
                lastUsedAt);
    }
}
