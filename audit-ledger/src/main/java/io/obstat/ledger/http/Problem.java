package io.obstat.ledger.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** An answer that is an error: RFC 9457. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Body body;

    private Problem(Body body) {
        super(body.detail());
        this.body = body;
    }

    /**
     * SPEC: RFC 9457 §3.
     *
     * @param detail what was wrong, with what, and what to do
     * @param errors the fields that were wrong
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Body(String type, String title, int status, String detail, List<FieldError> errors) {}

    /** @param field the parameter's name
     *  @param detail what is wrong with it */
    public record FieldError(String field, String detail) {}

    Body body() {
        return body;
    }

    static Problem unauthorized() {
        return of(
                401,
                "Not authenticated",
                "This needs a bearer token of the OIDC issuer with the audience \"obstat\"; send one that has not expired");
    }

    static Problem notForYou(String detail) {
        return of(403, "Not for you", detail);
    }

    static Problem notFound(String detail) {
        return of(404, "Not in the ledger", detail);
    }

    static Problem badField(String field, String detail) {
        return new Problem(new Body(
                "about:blank", "Bad request", 400, field + " " + detail, List.of(new FieldError(field, detail))));
    }

    static Problem unavailable() {
        return of(503, "Not available", "The ledger's database does not answer; try again in a few seconds");
    }

    private static Problem of(int status, String title, String detail) {
        return new Problem(new Body("about:blank", title, status, detail, List.of()));
    }
}
