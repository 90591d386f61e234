package io.obstat.notifier.webhook;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host that webhooks may be sent to.
 *
 * @param host the exact name or address, in lower case; no wildcards
 * @param plaintext whether {@code http} is allowed; for local use
 * @param privateAddresses whether it may resolve to a loopback, private or link-local address
 */
public record AllowedHost(
        String host, @Nullable Boolean plaintext, @Nullable Boolean privateAddresses) {

    public AllowedHost {
        Required.text("host", host, 253);
        if (!host.equals(host.toLowerCase(Locale.ROOT))
                || host.contains("*")
                || host.contains("/")
                || host.contains(" ")) {
            throw new InvalidFieldException(
                    "host",
                    "is '%s'; give one exact host name in lower case, without scheme, port or wildcard"
                            .formatted(host));
        }
    }

    public AllowedHost(String host) {
        this(host, null, null);
    }

    public boolean allowsPlaintext() {
        return Boolean.TRUE.equals(plaintext);
    }

    public boolean allowsPrivateAddresses() {
        return Boolean.TRUE.equals(privateAddresses);
    }
}
