package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A person at the moment they review.
 *
 * @param person who
 * @param groups the groups they were in at that moment; at most 20 of at most 100 characters
 * @param identifiedBy how they were identified
 * @param authority who vouched for the identity, such as the OIDC issuer; 1 to 512 characters
 */
public record Reviewer(Person person, List<String> groups, Identification identifiedBy, String authority) {

    /** How a person was identified, in rising order of assurance. */
    public enum Identification {
        /** A click in a chat whose provider vouched for the user. */
        @JsonProperty("chat")
        CHAT,
        /** A bearer token of the OIDC issuer, through the API. */
        @JsonProperty("bearer-token")
        BEARER_TOKEN,
        /** A browser session that began with an OIDC sign-in. */
        @JsonProperty("oidc-session")
        OIDC_SESSION,
        /** A security key or passkey of theirs, used for this very review and with the user verified (WebAuthn). */
        @JsonProperty("webauthn")
        WEBAUTHN
    }

    public Reviewer {
        Required.present("person", person);
        groups = Required.list("groups", groups, 20);
        groups.forEach(group -> Required.text("groups", group, 100));
        Required.present("identifiedBy", identifiedBy);
        Required.text("authority", authority, 512);
    }
}
