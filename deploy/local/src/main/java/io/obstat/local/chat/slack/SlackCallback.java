package io.obstat.local.chat.slack;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A request to the app as a test wants it, right or wrong. As it is made, it is right. */
public final class SlackCallback {

    private static final String TIMESTAMP = "X-Slack-Request-Timestamp";
    private static final String SIGNATURE = "X-Slack-Signature";

    private final Deliveries deliveries;
    private final String body;
    private final String secret;
    private final Map<String, String> headers;

    SlackCallback(Deliveries deliveries, String body, long timestamp, String secret) {
        this(deliveries, body, secret, signed(body, timestamp, secret));
    }

    private SlackCallback(Deliveries deliveries, String body, String secret, Map<String, String> headers) {
        this.deliveries = deliveries;
        this.body = body;
        this.secret = secret;
        this.headers = headers;
    }

    private static Map<String, String> signed(String body, long timestamp, String secret) {
        return Map.of(TIMESTAMP, String.valueOf(timestamp), SIGNATURE, SlackSignature.of(secret, timestamp, body));
    }

    /** Sent at another time, and signed as of then. */
    public SlackCallback at(Instant time) {
        return new SlackCallback(deliveries, body, time.getEpochSecond(), secret);
    }

    /** Signed with another secret. */
    public SlackCallback signedWith(String otherSecret) {
        long timestamp = Long.parseLong(headers.getOrDefault(TIMESTAMP, "0"));
        return new SlackCallback(deliveries, body, timestamp, otherSecret);
    }

    /** With another body than was signed. */
    public SlackCallback butSaying(String otherBody) {
        return new SlackCallback(deliveries, otherBody, secret, headers);
    }

    /** With another header. */
    public SlackCallback with(String header, String value) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.put(header, value);
        return new SlackCallback(deliveries, body, secret, all);
    }

    /** Without a header. */
    public SlackCallback without(String header) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.remove(header);
        return new SlackCallback(deliveries, body, secret, all);
    }

    public String body() {
        return body;
    }

    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }

    /** POSTs it, whether or not a socket is open. */
    public SlackAnswer send() {
        return deliveries.send(this);
    }
}
