package io.obstat.intake;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What makes a repeated request the same request: the {@code Idempotency-Key} header at the HTTP door, the {@code jti} at the Kafka door.
 * 1 to 128 visible ASCII characters, chosen by the agent and its own: two agents may use the same.
 */
public record IdempotencyKey(String value) {

    private static final Pattern FORM = Pattern.compile("[!-~]{1,128}");

    public IdempotencyKey {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new InvalidFieldException(
                    "Idempotency-Key",
                    "must be 1 to 128 visible ASCII characters, for example a UUID, got " + Quoted.of(value));
        }
    }

    /**
     * The key of a header. A string in quotes and the same without are one key.
     *
     * @throws InvalidFieldException when it is too long, empty or not visible ASCII
     */
    public static IdempotencyKey ofHeader(@Nullable String header) {
        String text = header == null ? "" : header.strip();
        // SPEC: draft-ietf-httpapi-idempotency-key-header §2.1 makes it an RFC 8941 string, in quotes; most clients
        // send none.
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return new IdempotencyKey(quoted ? text.substring(1, text.length() - 1) : text);
    }

    @Override
    public String toString() {
        return value;
    }
}
