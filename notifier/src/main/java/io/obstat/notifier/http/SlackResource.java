package io.obstat.notifier.http;

import io.obstat.notifier.slack.SlackApp;
import io.obstat.notifier.slack.SlackDoor;
import io.obstat.notifier.slack.SlackInteractions.Reply;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What Slack calls when somebody clicks. Who calls is known by the signature alone. */
@Path("/v1/slack/interactions")
@PermitAll
public class SlackResource {

    private static final Logger LOG = Logger.getLogger(SlackResource.class);

    private final Optional<SlackApp> app;

    SlackResource(Optional<SlackApp> app) {
        this.app = app;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "A click in Slack, signed by Slack")
    public Uni<Response> interaction(
            @HeaderParam("X-Slack-Signature") @Nullable String signature,
            @HeaderParam("X-Slack-Request-Timestamp") @Nullable String timestamp,
            byte[] body) {
        Optional<SlackDoor> door = app.flatMap(SlackApp::door);
        if (door.isEmpty()) {
            return Uni.createFrom().item(Response.status(Status.NOT_FOUND).build());
        }
        return door.get().knock(signature, timestamp, body).map(SlackResource::response);
    }

    private static Response response(SlackDoor.Outcome outcome) {
        return switch (outcome) {
            case SlackDoor.Outcome.Unbelieved unbelieved ->
                Response.status(Status.UNAUTHORIZED).build();
            case SlackDoor.Outcome.Handled(Reply.Taken taken) -> Response.ok().build();
            case SlackDoor.Outcome.Handled(Reply.Said said) ->
                Response.ok(said.body().toString(), MediaType.APPLICATION_JSON_TYPE)
                        .build();
            case SlackDoor.Outcome.Handled(Reply.Refused(String why)) -> {
                LOG.warnf("A callback of Slack was refused: %s", why);
                yield Response.status(Status.BAD_REQUEST).build();
            }
            case SlackDoor.Outcome.Handled(Reply.Busy busy) ->
                Response.status(Status.SERVICE_UNAVAILABLE).build();
        };
    }
}
