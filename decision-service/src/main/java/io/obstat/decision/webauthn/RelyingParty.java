package io.obstat.decision.webauthn;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * As whom keys know us (SPEC: Web Authentication Level 3 §4, Relying Party).
 *
 * @param id the host that people open, without a port. A key that was registered for one id is worth nothing for another
 * @param origin the scheme, host and port that a browser shows for our pages
 */
public record RelyingParty(String id, String origin) {

    /**
     * @param address where people open the inbox, such as {@code https://obstat.example.com}; its path is of no matter
     * @throws IllegalArgumentException when it is not an {@code http} or {@code https} address with a host
     */
    public static RelyingParty at(URI address) {
        @Nullable String scheme = address.getScheme();
        @Nullable String host = address.getHost();
        if (host == null || !("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException(
                    "%s is not where a browser could open the inbox; it must be like https://obstat.example.com"
                            .formatted(address));
        }
        String plainScheme = String.valueOf(scheme).toLowerCase(Locale.ROOT);
        String plainHost = host.toLowerCase(Locale.ROOT);
        // SPEC: RFC 6454 §6.2, a browser leaves the scheme's own port out.
        boolean ownPort = address.getPort() == -1 || address.getPort() == (plainScheme.equals("https") ? 443 : 80);
        return new RelyingParty(plainHost, plainScheme + "://" + plainHost + (ownPort ? "" : ":" + address.getPort()));
    }
}
