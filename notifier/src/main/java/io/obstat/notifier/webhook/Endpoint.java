package io.obstat.notifier.webhook;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.Notice;
import java.net.URI;
import java.util.Set;

/**
 * Where one receiver listens. Built by {@link #checked}, so that an endpoint that may not be addressed does not exist.
 *
 * @param id our name for it, the recipient's name in the delivery record
 * @param url where to send
 * @param secret what to sign with
 * @param kinds what it wants to be told
 * @param host the entry of the allow-list that lets us address it
 */
public record Endpoint(String id, URI url, WebhookSecret secret, Set<Notice.Kind> kinds, AllowedHost host) {

    public Endpoint {
        kinds = Set.copyOf(kinds);
    }

    /**
     * The host of an address that webhooks may be sent to.
     *
     * @throws InvalidFieldException when the address is none, or not https, or leads to a host that is not allowed
     */
    static AllowedHost checked(String field, URI url, Iterable<AllowedHost> allowed) {
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new InvalidFieldException(
                    field,
                    "is '%s'; give an address such as https://host/path, without user or fragment".formatted(url));
        }
        AllowedHost entry = null;
        for (AllowedHost candidate : allowed) {
            if (candidate.host().equalsIgnoreCase(host)) {
                entry = candidate;
            }
        }
        if (entry == null) {
            throw new InvalidFieldException(
                    field,
                    "leads to the host %s, which is not in allowedHosts; add it there if it is yours".formatted(host));
        }
        boolean https = "https".equalsIgnoreCase(url.getScheme());
        boolean http = "http".equalsIgnoreCase(url.getScheme());
        if (!https && !(http && entry.allowsPlaintext())) {
            throw new InvalidFieldException(
                    field,
                    "is '%s'; use https, or set plaintext: true on the host %s for local use".formatted(url, host));
        }
        return entry;
    }

    boolean isTls() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    int port() {
        return url.getPort() != -1 ? url.getPort() : isTls() ? 443 : 80;
    }

    /** Path and query, as an HTTP request names them. */
    String target() {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
