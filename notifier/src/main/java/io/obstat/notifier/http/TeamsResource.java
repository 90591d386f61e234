package io.obstat.notifier.http;

import io.obstat.notifier.teams.TeamsApp;
import io.obstat.notifier.teams.TeamsDoor.Answer;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What the Bot Connector calls when somebody clicks in Teams. Who calls is known by the connector's own token. */
@Path("/v1/teams/messages")
@PermitAll
public class TeamsResource {

    private final Optional<TeamsApp> app;

    TeamsResource(Optional<TeamsApp> app) {
        this.app = app;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "An activity of Microsoft Teams, vouched for by the Bot Connector")
    public Uni<Response> activity(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, byte[] body) {
        return app.map(teams -> Uni.createFrom()
                        .completionStage(() -> teams.door().knock(authorization, body))
                        .map(TeamsResource::response))
                .orElseGet(() ->
                        Uni.createFrom().item(Response.status(Status.NOT_FOUND).build()));
    }

    private static Response response(Answer answer) {
        return answer.body() == null
                ? Response.status(answer.status()).build()
                : Response.status(answer.status())
                        .entity(answer.body().toString())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .build();
    }
}
