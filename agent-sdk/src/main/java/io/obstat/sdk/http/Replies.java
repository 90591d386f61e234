package io.obstat.sdk.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.sdk.RefusedException;
import io.obstat.sdk.UntrustedException;
import io.obstat.sdk.http.HttpCalls.Reply;
import java.nio.charset.StandardCharsets;

/** What is sent, and what to make of answers. */
final class Replies {

    private Replies() {}

    static <T> T read(Reply reply, Class<T> type, String service) {
        try {
            return Json.readEvent(reply.body().getBytes(StandardCharsets.UTF_8), type);
        } catch (MalformedJsonException e) {
            throw new UntrustedException(
                    "%s answered %d with something unreadable: %s".formatted(service, reply.status(), e.getMessage()),
                    e);
        }
    }

    /** A request body. */
    static String json(ObjectNode body) {
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }

    static RefusedException refusal(String service, String what, Reply reply) {
        return new RefusedException(
                reply.status(),
                "%s refused %s (%d): %s"
                        .formatted(
                                service,
                                what,
                                reply.status(),
                                Problem.of(reply.body()).text()));
    }
}
