package io.obstat.decision.webauthn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that a person registered.
 *
 * @param credentialId names it, in base64url; at most 1,023 bytes
 * @param holder whose it is
 * @param label what they call it; 1 to {@value #LONGEST_LABEL} characters
 * @param attested its model, id and public key (SPEC: WebAuthn §6.5.1, attested credential data)
 * @param synced whether its maker may copy it to the person's other devices
 * @param signCount the counter of its last answer; 0 when it does not count
 * @param lastUsedAt absent until it was used
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are only handed through
public record SecurityKey(
        String credentialId,
        KeyHolder holder,
        String label,
        byte[] attested,
        boolean synced,
        long signCount,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {

    public static final int LONGEST_LABEL = 60;
}
