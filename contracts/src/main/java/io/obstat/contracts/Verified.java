package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What authentication proved about a request. A different type from {@link Claimed}, so that no part can take one for the other.
 *
 * @param agent who asks
 * @param owner who answers for the agent, from the agent registry
 * @param onBehalfOf the person the agent acts for, if it acts for one
 * @param method how the agent was authenticated
 * @param authority who vouched: the token's issuer, or the id of the key that signed the intent; at most 512 characters
 */
public record Verified(
        AgentId agent, Person owner, @Nullable Person onBehalfOf, Method method, String authority) {

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
    }
}
