package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What authentication proved about a request. A different type from {@link Claimed}, so that no part can take one for the other.
 *
 * @param agent who asks
 * @param owner who answers for the agent, from the agent registry
 * @param onBehalfOf the person the agent acts for, if it acts for one
 * @param method how the agent was authenticated
 * @param authority who vouched: the token's issuer, or the id of the key that signed the intent; at most 512 characters
 * @param keyThumbprint of the key to which the agent binds its grant: SHA-256 as RFC 7638 has it, 43 characters of base64url; absent when it
 *     binds it to none
 */
public record Verified(
        AgentId agent,
        Person owner,
        @Nullable Person onBehalfOf,
        Method method,
        String authority,
        @Nullable String keyThumbprint) {

    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** How an agent is authenticated. */
    public enum Method {
        /** A bearer token of the OIDC issuer, at the HTTP door. */
        @JsonProperty("oidc")
        OIDC,
        /** A JWS by a registered agent key, at the Kafka door. */
        @JsonProperty("jws")
        JWS
    }

    public Verified {
        Required.present("agent", agent);
        Required.present("owner", owner);
        Required.present("method", method);
        Required.text("authority", authority, 512);
        if (keyThumbprint != null && !THUMBPRINT.matcher(keyThumbprint).matches()) {
            throw new InvalidFieldException(
                    "keyThumbprint",
                    "must be the SHA-256 thumbprint of a JWK (RFC 7638), 43 characters of base64url, got "
                            + Quoted.of(keyThumbprint));
        }
    }

    /** Of an agent that binds its grant to no key. */
    public Verified(AgentId agent, Person owner, @Nullable Person onBehalfOf, Method method, String authority) {
        this(agent, owner, onBehalfOf, method, authority, null);
    }

    /** The same, with the grant bound to this key. */
    public Verified boundTo(@Nullable String thumbprint) {
        return new Verified(agent, owner, onBehalfOf, method, authority, thumbprint);
    }
}
