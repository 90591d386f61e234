package io.obstat.sdk.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;

/**
 * What a service says when it refuses. SPEC: RFC 9457.
 *
 * @param text title, detail and the fields named; what the body holds when it is no problem document
 * @param cause a wire name such as {@code already-redeemed}; empty when there is none
 * @param detail a sentence that says what to do
 */
record Problem(String text, String cause, String detail) {

    static Problem of(String body) {
        try {
            JsonNode problem = Json.readEvent(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
            var text = new StringBuilder(problem.path("title").asText(""));
            String detail = problem.path("detail").asText("");
            text.append(text.isEmpty() || detail.isEmpty() ? "" : ": ").append(detail);
            for (JsonNode error : problem.path("errors")) {
                text.append("; ")
                        .append(error.path("field").asText(""))
                        .append(' ')
                        .append(error.path("detail").asText(""));
            }
            return new Problem(
                    text.isEmpty() ? shortened(body) : text.toString(),
                    problem.path("cause").asText(""),
                    detail.isEmpty() ? text.toString() : detail);
        } catch (MalformedJsonException e) {
            return new Problem(shortened(body), "", "");
        }
    }

    /** The beginning of a body of any kind, made fit for a message. */
    static String shortened(String body) {
        return body.isEmpty() ? "no body" : Quoted.of(body);
    }
}
