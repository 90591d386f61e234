package io.obstat.notifier.teams;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port of a URL: what decides whom a request reaches.
 *
 * @param scheme {@code https} or {@code http}
 * @param host in lower case
 * @param port the scheme's own when the URL names none
 */
record Origin(String scheme, String host, int port) {

    private static final int LONGEST = 2_000;

    /**
     * The origin of a URL that is nothing but scheme, host, port and path. Empty for everything that two readers could read in two ways:
     * user information, a query, a fragment, characters that no URL has.
     */
    static Optional<Origin> of(@Nullable String url) {
        if (url == null || url.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return of(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    static Optional<Origin> of(URI uri) {
        if (uri.getScheme() == null
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            return Optional.empty();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Optional.empty();
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return Optional.of(new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port));
    }

    /** Whether it is this machine. By its text alone: what a name resolves to can change. */
    boolean loopback() {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** Whether nobody in between can read or change what is sent. */
    boolean safe() {
        return scheme.equals("https") || loopback();
    }

    @Override
    public String toString() {
        return "%s://%s:%d".formatted(scheme, host, port);
    }
}
