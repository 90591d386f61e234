package io.obstat.intake.http;

import io.obstat.contracts.json.Json;
import io.obstat.intake.FieldError;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * SPEC: RFC 9457, an error that a program can tell apart and a person, or a model, can act on.
 *
 * @param type what kind, a URN
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail what was wrong, with what, and what to do
 * @param errors each field that is not in order; absent when it is not about fields
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable List<FieldError> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:obstat:problem:";

    static Problem invalid(List<FieldError> errors) {
        String detail = "%d of the request's fields %s not in order. Mend what errors names and send it again."
                .formatted(errors.size(), errors.size() == 1 ? "is" : "are");
        return new Problem(TYPE + "invalid-request", "The request is not in order", 400, detail, errors);
    }

    static Problem unauthenticated(String detail) {
        return new Problem(TYPE + "unauthenticated", "A bearer token is needed", 401, detail, null);
    }

    static Problem forbidden(String detail) {
        return new Problem(TYPE + "forbidden", "This caller may not do this", 403, detail, null);
    }

    static Problem notFound(String detail) {
        return new Problem(TYPE + "not-found", "There is no such thing here", 404, detail, null);
    }

    static Problem decided(String detail) {
        return new Problem(TYPE + "already-decided", "The action is decided", 409, detail, null);
    }

    static Problem tooLarge(String detail) {
        return new Problem(TYPE + "too-large", "The request is too large", 413, detail, null);
    }

    static Problem unsupportedMediaType(String detail) {
        return new Problem(TYPE + "unsupported-media-type", "The request is no JSON", 415, detail, null);
    }

    static Problem keyReused(String detail) {
        return new Problem(TYPE + "idempotency-key-reused", "The key stands for another action", 422, detail, null);
    }

    static Problem unavailable(String detail) {
        return new Problem(TYPE + "unavailable", "Something is away for the moment", 503, detail, null);
    }

    static Problem ours() {
        return new Problem(
                TYPE + "internal",
                "Something went wrong here",
                500,
                "The fault is not in the request. Nothing was approved by it; repeat it with the same Idempotency-Key.",
                null);
    }

    static Problem ofStatus(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null);
    }

    RestResponse<byte[]> response() {
        return builder().build();
    }

    RestResponse.ResponseBuilder<byte[]> builder() {
        return RestResponse.ResponseBuilder.<byte[]>create(status)
                .entity(Json.write(this))
                .type(MEDIA_TYPE);
    }
}
