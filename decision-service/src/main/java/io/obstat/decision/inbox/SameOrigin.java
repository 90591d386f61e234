package io.obstat.decision.inbox;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Whether a form was posted by a page of ours. Another site can make a signed-in browser post to us, but it cannot choose these headers:
 * the browser sets them (SPEC: W3C Fetch Metadata Request Headers §2.2, RFC 6454 §7).
 */
final class SameOrigin {

    private SameOrigin() {}

    /**
     * @param fetchSite the header {@code Sec-Fetch-Site}
     * @param origin the header {@code Origin}, for browsers that do not send the other
     * @param host the header {@code Host}
     */
    static boolean allows(@Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
        if (fetchSite != null) {
            return fetchSite.equals("same-origin");
        }
        if (origin == null || host == null) {
            return false;
        }
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
