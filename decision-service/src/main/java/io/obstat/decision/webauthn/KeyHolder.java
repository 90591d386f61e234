package io.obstat.decision.webauthn;

import java.util.Base64;

/**
 * Whose keys they are: a person as one OIDC issuer knows them. The e-mail address is not part of it, since issuers let people change it.
 *
 * @param authority the issuer; 1 to 512 characters
 * @param subject the issuer's key for the person; 1 to 255 characters
 */
public record KeyHolder(String authority, String subject) {

    /** What a key stores about its holder, in base64url: 32 bytes that say nothing about the person (SPEC: WebAuthn §14.6.1). */
    public String userHandle() {
        return base64url(Digest.of("obstat-key-holder", authority, subject));
    }

    static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
