package io.obstat.decision.http;

import io.obstat.contracts.json.Json;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SPEC: RFC 9457, an error that a program can tell apart and a person, or a model, can act on.
 *
 * @param type what kind, a URN
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail what was wrong, with what, and what to do
 * @param cause why a review or a grant was refused, by its wire name; absent for other problems
 * @param errors each field that is not in order; absent when it is not about fields
 * @param page where the person who was refused can do it, in a browser; absent unless they can there and not here
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String cause,
        @Nullable List<FieldError> errors,
        @Nullable URI page) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:obstat:problem:";

    /**
     * @param field as a path, such as {@code reason}; empty for the document as a whole
     * @param detail what is wrong with it and what to do
     */
    record FieldError(String field, String detail) {}

    static Problem invalid(String field, String problem) {
        String detail = field.isEmpty() ? problem : field + " " + problem;
        return new Problem(
                TYPE + "invalid-request",
                "The request is not in order",
                400,
                detail,
                null,
                List.of(new FieldError(field, problem)),
                null);
    }

    static Problem unauthenticated(String detail) {
        return of("unauthenticated", "A bearer token is needed", 401, detail);
    }

    static Problem forbidden(String detail) {
        return of("forbidden", "This caller may not do this", 403, detail);
    }

    static Problem notFound(String detail) {
        return of("not-found", "There is no such thing here", 404, detail);
    }

    static Problem conflict(String detail) {
        return of("conflict", "It stands otherwise", 409, detail);
    }

    static Problem unavailable(String detail) {
        return of("unavailable", "Something is away for the moment", 503, detail);
    }

    static Problem ours() {
        return of(
                "internal",
                "Something went wrong here",
                500,
                "The fault is not in the request, and nothing was approved by it. Send it again; if that does not help, tell the operators.");
    }

    static Problem reviewRefused(int status, String cause, String detail, @Nullable URI page) {
        return new Problem(TYPE + "review-refused", "The review does not count", status, detail, cause, null, page);
    }

    static Problem grantRefused(int status, String cause, String detail) {
        return new Problem(TYPE + "grant-refused", "The grant is refused", status, detail, cause, null, null);
    }

    static Problem ofStatus(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail, null, null, null);
    }

    Response response() {
        return builder().build();
    }

    Response.ResponseBuilder builder() {
        return Response.status(status).entity(Json.write(this)).type(MEDIA_TYPE);
    }

    private static Problem of(String kind, String title, int status, String detail) {
        return new Problem(TYPE + kind, title, status, detail, null, null, null);
    }
}
