package io.obstat.decision.http;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.jose.KeyProofs;
import io.obstat.decision.reactive.InvalidCursorException;
import io.obstat.decision.reactive.UnavailableException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure of the API as a {@link Problem}. */
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int RETRY_AFTER_SECONDS = 5;

    @ServerExceptionMapper
    Response malformed(MalformedJsonException e) {
        return Problem.invalid(e.field(), e.problem()).response();
    }

    @ServerExceptionMapper
    Response invalid(InvalidFieldException e) {
        return Problem.invalid(e.field(), e.problem()).response();
    }

    @ServerExceptionMapper
    Response invalid(InvalidRequestException e) {
        return Problem.invalid(e.field(), e.problem()).response();
    }

    @ServerExceptionMapper
    Response invalid(InvalidCursorException e) {
        return Problem.invalid("cursor", e.problem()).response();
    }

    @ServerExceptionMapper
    Response refused(RefusedException e) {
        return Problem.invalid(e.field(), e.problem()).response();
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException e) {
        return challenge(
                "The call has no bearer token; get one from the OIDC issuer and send it as Authorization: Bearer <token>.");
    }

    @ServerExceptionMapper
    Response notAuthentic(AuthenticationFailedException e) {
        LOG.debugf(e, "A token was refused");
        return challenge(
                "The bearer token does not count: it is expired, malformed, or not from our issuer for the audience obstat. Get a new one.");
    }

    // SPEC: RFC 9449 §7.1, the challenge; §7.2, a bound token without a proof is refused.
    @ServerExceptionMapper
    Response unproven(UnprovenTokenException e) {
        return Problem.unauthenticated(
                        "The access token is bound to a key (cnf.jkt), and the call does not prove that you hold it. Send a DPoP header with a proof by"
                                + " that key, signed with %s for this very call (RFC 9449), or get a token that is bound to no key."
                                        .formatted(KeyProofs.ALGORITHM))
                .builder()
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "DPoP error=\"invalid_token\", error_description=\"The token is bound to a key and came without a proof\", algs=\"%s\""
                                .formatted(KeyProofs.ALGORITHM))
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return Problem.forbidden(e.getMessage() == null ? "The token is valid, but may not do this." : e.getMessage())
                .response();
    }

    @ServerExceptionMapper
    Response unavailable(UnavailableException e) {
        LOG.warn(e.getMessage());
        return Problem.unavailable("The database does not answer, so that it is not known whether this was done. "
                        + "Send it again in a moment, with the same Idempotency-Key if it had one.")
                .builder()
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }

    @ServerExceptionMapper
    Response webApplication(WebApplicationException e) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        if (status.getFamily() == Response.Status.Family.REDIRECTION) {
            return e.getResponse();
        }
        return Problem.ofStatus(
                        status.getStatusCode(),
                        status.getReasonPhrase(),
                        "See /q/openapi for what there is and how to call it.")
                .response();
    }

    @ServerExceptionMapper
    Response ours(Throwable e) {
        LOG.error("A call failed for a reason that is ours", e);
        return Problem.ours().response();
    }

    // SPEC: RFC 6750 §3, the scheme that the API takes.
    private static Response challenge(String detail) {
        return Problem.unauthenticated(detail)
                .builder()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }
}
