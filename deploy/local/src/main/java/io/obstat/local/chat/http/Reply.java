package io.obstat.local.chat.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is answered.
 *
 * @param status of HTTP; 0 for no answer at all: the connection is closed
 */
public record Reply(int status, Map<String, String> headers, Call.Body body) {

    private static final Reply NONE = new Reply(0, Map.of(), new Call.Body(new byte[0]));

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply json(int status, JsonNode body) {
        return of(status, "application/json; charset=utf-8", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static Reply text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    public static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("content-type", contentType), new Call.Body(body));
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), new Call.Body(new byte[0]));
    }

    /** No answer: the connection is closed. */
    public static Reply none() {
        return NONE;
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    /** Says when to come back, in whole seconds and never too early. */
    public Reply retryAfter(Duration wait) {
        return with(
                "retry-after", String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds())));
    }
}
