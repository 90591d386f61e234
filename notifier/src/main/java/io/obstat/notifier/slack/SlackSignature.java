package io.obstat.notifier.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from Slack, and came just now. Over the body as it arrived: one that was read and written again would be another.
 * Source: docs.slack.dev, "Verifying requests from Slack".
 */
final class SlackSignature {

    static final String SIGNATURE = "X-Slack-Signature";
    static final String TIMESTAMP = "X-Slack-Request-Timestamp";
    static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String VERSION = "v0";
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    SlackSignature(String signingSecret) {
        key = new SecretKeySpec(signingSecret.getBytes(StandardCharsets.UTF_8), HMAC);
    }

    /** @return why it is not believed, for the log; {@code null} when it is */
    @Nullable
    String objection(@Nullable String signature, @Nullable String timestamp, byte[] body, Instant now) {
        if (signature == null || timestamp == null) {
            return "it is not signed";
        }
        if (!timestamp.matches("[0-9]{1,12}")) {
            return "its timestamp is no number of seconds";
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        if (age.abs().compareTo(WINDOW) > 0) {
            return "its timestamp is %s away from now".formatted(age.abs());
        }
        // In constant time, so that nothing can be learned from how long it takes.
        return MessageDigest.isEqual(
                        sign(timestamp, body).getBytes(StandardCharsets.US_ASCII),
                        signature.getBytes(StandardCharsets.UTF_8))
                ? null
                : "its signature is not that of its body";
    }

    /** SPEC: {@code v0=} and the hex HMAC-SHA256 of {@code v0:timestamp:body}. */
    String sign(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update("%s:%s:".formatted(VERSION, timestamp).getBytes(StandardCharsets.US_ASCII));
            return VERSION + "=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC, e);
        }
    }
}
