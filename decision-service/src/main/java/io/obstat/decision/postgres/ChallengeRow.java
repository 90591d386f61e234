package io.obstat.decision.postgres;

import io.obstat.decision.webauthn.ChallengeStore.Issued;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code decision.webauthn_challenges}. */
@Entity
@Table(schema = "decision", name = "webauthn_challenges")
class ChallengeRow {

    @Id
    @Column(name = "challenge")
    String challenge;

    @Column(name = "nonce")
    byte[] nonce;

    @Column(name = "expires_at")
    Instant expiresAt;

    Issued issued() {
        return new Issued(challenge, nonce, expiresAt);
    }
}
