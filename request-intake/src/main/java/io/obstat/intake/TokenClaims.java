package io.obstat.intake;

import io.obstat.contracts.Required;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bearer token says, once its signature, issuer, audience and times are checked.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}; absent when the token has none
 * @param email {@code email} of the subject
 * @param groups {@code groups}
 * @param actor SPEC: RFC 8693 §4.1, {@code act}: who acts for the subject; absent when the subject acts itself
 */
public record TokenClaims(
        String issuer,
        @Nullable String subject,
        @Nullable String email,
        Set<String> groups,
        @Nullable Actor actor) {

    /**
     * Who acts.
     *
     * @param subject {@code act.sub}; absent when the claim is there and names nobody
     */
    public record Actor(@Nullable String subject) {}

    public TokenClaims {
        Required.text("issuer", issuer, 512);
        groups = Set.copyOf(groups);
    }
}
