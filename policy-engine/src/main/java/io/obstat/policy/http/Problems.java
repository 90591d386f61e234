package io.obstat.policy.http;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** SPEC: RFC 9457, what went wrong as {@code application/problem+json}. */
public class Problems {

    /**
     * The answer.
     *
     * @param type {@code about:blank}: the title says what the status says
     * @param title of the status
     * @param status of the answer
     * @param detail what was wrong and what to do
     */
    public record Problem(String type, String title, int status, String detail) {}

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response unauthorized() {
        return Response.fromResponse(
                        problem(
                                Response.Status.UNAUTHORIZED,
                                "There is no bearer token in the request, or it is not good here; send one that the issuer gave for the audience obstat"))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    public Response notFound(NotFoundException e) {
        return problem(
                Response.Status.NOT_FOUND,
                "There is nothing here; GET /v1/policies/current names the policy set in force");
    }

    @ServerExceptionMapper
    public Response notAllowed(NotAllowedException e) {
        return problem(Response.Status.METHOD_NOT_ALLOWED, "The method does not fit this resource; use GET");
    }

    private static Response problem(Response.Status status, String detail) {
        return Response.status(status)
                .type("application/problem+json")
                .entity(new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail))
                .build();
    }
}
