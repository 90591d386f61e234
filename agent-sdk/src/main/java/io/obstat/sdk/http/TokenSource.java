package io.obstat.sdk.http;

/** Where the agent's access tokens come from. Thread safe. */
@FunctionalInterface
public interface TokenSource {

    /**
     * A token that is good for a while yet.
     *
     * @throws io.obstat.sdk.RefusedException when there will be none, with the issuer's reason
     * @throws io.obstat.sdk.UnreachableException when the issuer did not answer; trying again may help
     */
    String token() throws InterruptedException;

    /** A service refused this token; the next one should be another. */
    default void rejected(String token) {}
}
