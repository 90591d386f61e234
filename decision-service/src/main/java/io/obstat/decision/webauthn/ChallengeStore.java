package io.obstat.decision.webauthn;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Challenges that wait for their answer. In the database, so that any instance can take the answer. */
public interface ChallengeStore {

    Uni<Void> keep(Issued challenge);

    /** Takes a challenge out, whatever becomes of its answer: it is found once. */
    Uni<Optional<Issued>> take(String challenge);

    /**
     * A challenge that was sent to a browser.
     *
     * @param challenge in base64url
     * @param nonce what made it unlike any other
     * @param expiresAt from when on no answer to it is taken
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are only handed through
    record Issued(String challenge, byte[] nonce, Instant expiresAt) {}
}
