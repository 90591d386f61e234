package io.obstat.ledger.http;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.ledger.UnavailableException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns failures into {@code application/problem+json}. */
final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final String MEDIA_TYPE = "application/problem+json";

    @ServerExceptionMapper
    Response map(Problem problem) {
        return answer(problem);
    }

    @ServerExceptionMapper
    Response map(UnavailableException e) {
        LOG.warn(e.getMessage());
        return answer(Problem.unavailable());
    }

    @ServerExceptionMapper
    Response map(InvalidFieldException e) {
        return answer(Problem.badField(e.field(), e.problem()));
    }

    @ServerExceptionMapper
    Response map(ForbiddenException e) {
        return answer(Problem.notForYou("Your token does not allow this"));
    }

    @ServerExceptionMapper
    Uni<Response> map(UnauthorizedException e, RoutingContext context) {
        return challenge(context);
    }

    @ServerExceptionMapper
    Uni<Response> map(AuthenticationFailedException e, RoutingContext context) {
        return challenge(context);
    }

    /** The challenge of the tenant that the path belongs to: a redirect to the issuer for a page, {@code WWW-Authenticate} for the API. */
    private static Uni<Response> challenge(RoutingContext context) {
        HttpAuthenticator authenticator = context.get(HttpAuthenticator.class.getName());
        Uni<ChallengeData> challenge = authenticator.getChallenge(context);
        return challenge.map(data -> {
            Problem.Body body = Problem.unauthorized().body();
            Response.ResponseBuilder response = Response.status(data == null ? body.status() : data.status);
            if (data != null) {
                data.getHeaders().forEach((name, value) -> response.header(name.toString(), value));
            }
            if (data == null || data.status == body.status()) {
                response.type(MEDIA_TYPE).entity(body);
            }
            return response.build();
        });
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.body().status())
                .type(MEDIA_TYPE)
                .entity(problem.body())
                .build();
    }
}
