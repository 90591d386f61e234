package io.obstat.notifier.webhook;

import io.obstat.contracts.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that we share with one endpoint. Never printed. */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final String HMAC = "HmacSHA256";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final SecretKeySpec key;

    private WebhookSecret(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * Reads a secret.
     *
     * @param text {@code whsec_} and the base64 of 24 to 64 bytes; white space around it is dropped
     * @throws InvalidFieldException when it has another form; the message does not repeat it
     */
    public static WebhookSecret parse(String field, String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith(PREFIX)) {
            throw new InvalidFieldException(
                    field, "does not begin with whsec_; make one with: echo whsec_$(openssl rand -base64 32)");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(trimmed.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(
                    field, "is not base64 after whsec_; make one with: echo whsec_$(openssl rand -base64 32)");
        }
        // SPEC: Standard Webhooks, "Signature scheme": between 24 bytes (192 bits) and 64 bytes (512 bits).
        if (bytes.length < SHORTEST || bytes.length > LONGEST) {
            throw new InvalidFieldException(
                    field, "is %d bytes long; it must be %d to %d".formatted(bytes.length, SHORTEST, LONGEST));
        }
        return new WebhookSecret(new SecretKeySpec(bytes, HMAC));
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @param id the value of {@code webhook-id}
     * @param at the moment of the try; its second is the value of {@code webhook-timestamp}
     * @param body the bytes that are sent
     */
    public String sign(String id, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            // SPEC: Standard Webhooks, "Signature scheme": msg_id.timestamp.payload
            mac.update("%s.%d.".formatted(id, at.getEpochSecond()).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HMAC + ", this one does not", e);
        }
    }

    @Override
    public String toString() {
        return "whsec_…";
    }
}
