package io.obstat.decision.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.reactive.DecisionWaits;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where an agent waits for the decision on its action. */
@Path("/v1/decisions")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "agents")
public class DecisionsResource {

    private static final int LONGEST_WAIT_SECONDS = 60;

    private final DecisionWaits waits;
    private final Requests requests;

    DecisionsResource(DecisionWaits waits, Requests requests) {
        this.waits = waits;
        this.requests = requests;
    }

    @GET
    @Path("/{actionId}")
    @Operation(summary = "The decision on an action of the calling agent", operationId = "decision")
    @APIResponse(responseCode = "200", description = "The decision, signed; with a grant when it allows")
    @APIResponse(responseCode = "202", description = "There is no decision yet: ask again")
    @APIResponse(
            responseCode = "404",
            description = "No action of the calling agent that policy has spoken on has this id")
    public Uni<Response> decision(
            @PathParam("actionId") String actionId,
            @Parameter(description = "How many seconds to wait for the decision, 0 to 60") @QueryParam("wait") @Nullable
                    String wait) {
        AgentId agent = requests.agent();
        ActionId id = Requests.actionId(actionId);
        Duration atMost = Duration.ofSeconds(Requests.number("wait", wait, 0, 0, LONGEST_WAIT_SECONDS));
        return waits.decided(id, atMost).map(view -> answer(id, agent, view));
    }

    private static Response answer(ActionId id, AgentId agent, Optional<ApprovalView> view) {
        // Another agent's action is not told from one that does not exist.
        return view.filter(action -> action.request().verified().agent().equals(agent))
                .map(DecisionsResource::answer)
                .orElseGet(() -> Problem.notFound(
                                "Policy has not spoken on an action %s of yours. If you have just requested it, ask again with wait=30; otherwise check the id."
                                        .formatted(id))
                        .response());
    }

    private static Response answer(ApprovalView action) {
        Decision decision = action.decision();
        return decision == null
                ? Response.accepted(Json.write(Map.of("status", "pending"))).build()
                : Response.ok(Json.write(decision)).build();
    }
}
