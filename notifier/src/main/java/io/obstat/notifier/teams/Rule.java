package io.obstat.notifier.teams;

/**
 * What an inbound activity has to keep.
 *
 * <p>SPEC: "Authentication with the Bot Connector API", Connector to bot, step 4, requirements 1 to 7; it asks for 403. A request without a
 * token gets 401 (SPEC: RFC 6750 §3.1), and one that we cannot judge now gets 503, so that it comes again.
 */
public enum Rule {
    /** Requirement 1: the Authorization header has the Bearer scheme. */
    BEARER(401),
    /** Requirement 2: the token is a JSON Web Token. */
    JWT(401),
    /** Requirement 6: signed with an algorithm that the metadata lists, and that we take: RS256. */
    ALGORITHM(403),
    /** Requirement 6: the key is in the keys document. */
    KEY(403),
    /** Requirement 6: the signature fits. */
    SIGNATURE(403),
    /** Step 3: the key is endorsed for the channel of the activity. */
    ENDORSEMENT(403),
    /** Requirement 3. */
    ISSUER(403),
    /** Requirement 4: meant for our app. */
    AUDIENCE(403),
    /** Requirement 5: not over. */
    EXPIRY(403),
    /** Requirement 5: begun. */
    NOT_BEFORE(403),
    /** Requirement 7: the claim is the activity's service URL. */
    SERVICE_URL_CLAIM(403),
    /** Ours: the service URL is on the allow-list. */
    SERVICE_URL_ALLOWED(403),
    /** Ours: the activity has the ids that make it recognisable. */
    ACTIVITY_ID(403),
    /** Ours: the channel is Teams. */
    CHANNEL(403),
    /** Ours: the tenant is the one that we serve. */
    TENANT(403),
    /** Ours: the activity is meant for our bot. */
    RECIPIENT(403),
    /** Ours: it did not come before. */
    REPLAY(403),
    /** The metadata could be fetched. */
    METADATA(503);

    private final int status;

    Rule(int status) {
        this.status = status;
    }

    /** The HTTP status for the caller, who is told nothing else. */
    public int status() {
        return status;
    }
}
