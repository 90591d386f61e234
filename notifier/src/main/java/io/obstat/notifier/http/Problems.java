package io.obstat.notifier.http;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refusals that the caller can read. */
class Problems {

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException e) {
        return unauthenticated();
    }

    @ServerExceptionMapper
    Response authenticationFailed(AuthenticationFailedException e) {
        return unauthenticated();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return Problem.of(
                        Response.Status.FORBIDDEN,
                        "Delivery records are for members of the group auditors; ask to be added to it")
                .build();
    }

    private static Response unauthenticated() {
        return Problem.of(
                        Response.Status.UNAUTHORIZED,
                        "Send a valid bearer token of the OIDC issuer for the audience obstat")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }
}
