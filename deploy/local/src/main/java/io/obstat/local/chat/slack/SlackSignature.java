package io.obstat.local.chat.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How Slack signs what it sends. SPEC: https://docs.slack.dev/authentication/verifying-requests-from-slack */
public final class SlackSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private SlackSignature() {}

    /**
     * The value of {@code X-Slack-Signature}.
     *
     * @param timestamp the value of {@code X-Slack-Request-Timestamp}, in seconds since 1970
     * @param body as it is sent
     */
    public static String of(String signingSecret, long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(signingSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            String signed = "v0:%d:%s".formatted(timestamp, body);
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No " + ALGORITHM, e);
        }
    }
}
