package io.obstat.intake.http;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.intake.ActionRequestBody;
import io.obstat.intake.FieldError;
import io.obstat.intake.jose.KeyProofs;
import io.obstat.intake.reactive.UnavailableException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Every failure at the HTTP door as a {@link Problem}. */
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    /** Refuses what says that it is too large before it is read. */
    @ServerRequestFilter(preMatching = true)
    Optional<RestResponse<byte[]>> tooLarge(ContainerRequestContext request) {
        return request.getLength() > ActionRequestBody.MOST_BYTES
                ? Optional.of(tooLarge(request.getLength()).response())
                : Optional.empty();
    }

    static Problem tooLarge(int bytes) {
        return Problem.tooLarge("The request is %d bytes, at most %d are allowed; pass large inputs by digest and link."
                .formatted(bytes, ActionRequestBody.MOST_BYTES));
    }

    @ServerExceptionMapper
    RestResponse<byte[]> malformed(MalformedJsonException e) {
        return Problem.invalid(List.of(new FieldError(e.field(), e.problem()))).response();
    }

    @ServerExceptionMapper
    RestResponse<byte[]> invalid(InvalidFieldException e) {
        return Problem.invalid(List.of(new FieldError(e.field(), e.problem()))).response();
    }

    @ServerExceptionMapper
    Uni<RestResponse<byte[]>> unauthorized(UnauthorizedException e, RoutingContext context) {
        return challenge(
                context,
                "The call has no bearer token; get one from the OIDC issuer and send it as Authorization: Bearer <token>.");
    }

    @ServerExceptionMapper
    Uni<RestResponse<byte[]>> notAuthentic(AuthenticationFailedException e, RoutingContext context) {
        LOG.debugf(e, "A bearer token was refused");
        return challenge(
                context,
                "The bearer token does not count: it is expired, malformed, or not from our issuer for the audience obstat. Get a new one.");
    }

    // SPEC: RFC 9449 §7.1, the challenge; §7.2, a bound token without a proof is refused.
    static RestResponse<byte[]> unproven() {
        return Problem.unauthenticated(
                        "The access token is bound to a key (cnf.jkt), and the call does not prove that you hold it. Send a DPoP header with a proof by"
                                + " that key, signed with %s for this very call (RFC 9449), or get a token that is bound to no key."
                                        .formatted(KeyProofs.ALGORITHM))
                .builder()
                .header(
                        "WWW-Authenticate",
                        "DPoP error=\"invalid_token\", error_description=\"The token is bound to a key and came without a proof\", algs=\"%s\""
                                .formatted(KeyProofs.ALGORITHM))
                .build();
    }

    @ServerExceptionMapper
    RestResponse<byte[]> noIssuer(OIDCException e) {
        LOG.warnf("The OIDC issuer does not answer: %s", e.getMessage());
        return Problem.unavailable(
                        "The OIDC issuer does not answer, so that no token can be checked; retry with the same Idempotency-Key.")
                .builder()
                .header("Retry-After", 5)
                .build();
    }

    @ServerExceptionMapper
    RestResponse<byte[]> forbidden(ForbiddenException e) {
        return Problem.forbidden("The token is valid, but may not do this.").response();
    }

    @ServerExceptionMapper
    RestResponse<byte[]> unavailable(UnavailableException e) {
        return away(e);
    }

    static RestResponse<byte[]> away(UnavailableException e) {
        LOG.warn(e.getMessage());
        String detail = switch (e.part()) {
            case KAFKA ->
                "Kafka does not answer. What you asked is kept and is published when it is back; "
                        + "retry with the same Idempotency-Key to get its answer.";
            case POSTGRES ->
                "The database does not answer, so that what you asked is not known to be kept; "
                        + "retry with the same Idempotency-Key, which cannot ask twice.";
        };
        return Problem.unavailable(detail).builder().header("Retry-After", 5).build();
    }

    @ServerExceptionMapper
    RestResponse<byte[]> webApplication(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return Problem.ofStatus(
                        status,
                        e.getResponse().getStatusInfo().getReasonPhrase(),
                        "See /q/openapi for what there is and how to call it.")
                .response();
    }

    @ServerExceptionMapper
    RestResponse<byte[]> ours(Throwable e) {
        LOG.error("A call failed for a reason that is ours", e);
        return Problem.ours().response();
    }

    private static Uni<RestResponse<byte[]>> challenge(RoutingContext context, String detail) {
        HttpAuthenticator authenticator = context.get(HttpAuthenticator.class.getName());
        Uni<Optional<ChallengeData>> challenge = authenticator == null
                ? Uni.createFrom().item(Optional.empty())
                : authenticator.getChallenge(context).map(Optional::ofNullable);
        return challenge.map(data -> {
            RestResponse.ResponseBuilder<byte[]> response =
                    Problem.unauthenticated(detail).builder();
            String wwwAuthenticate = data.flatMap(it -> it.getHeaders().entrySet().stream()
                            .filter(header -> "www-authenticate"
                                    .equalsIgnoreCase(header.getKey().toString()))
                            .map(header -> header.getValue())
                            .findFirst())
                    .orElse("Bearer");
            return response.header("WWW-Authenticate", wwwAuthenticate).build();
        });
    }
}
