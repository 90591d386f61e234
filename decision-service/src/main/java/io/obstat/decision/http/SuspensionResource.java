package io.obstat.decision.http;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.json.Json;
import io.obstat.decision.Member;
import io.obstat.decision.Roster;
import io.obstat.decision.directory.Suspensions;
import io.obstat.decision.directory.Suspensions.Suspension;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.quarkus.DecisionConfig;
import io.obstat.decision.reactive.Owners;
import io.obstat.decision.reactive.Owners.Owned;
import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where people stop an agent, and let it work again. To stop is the safe direction, so that more people may. */
@Path("/v1/agents/{agentId: .+}/suspension")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "people")
public class SuspensionResource {

    private final Suspensions suspensions;
    private final Owners owners;
    private final Requests requests;
    private final Clock clock;
    private final String admins;

    SuspensionResource(Suspensions suspensions, Owners owners, Requests requests, Clock clock, DecisionConfig config) {
        this.suspensions = suspensions;
        this.owners = owners;
        this.requests = requests;
        this.clock = clock;
        this.admins = config.adminGroup();
    }

    /** @param reason why, for people; 1 to 500 characters */
    public record SuspensionBody(String reason) {

        public SuspensionBody {
            Required.text("reason", reason, 500);
        }
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Suspend an agent",
            description = "For admins and the agent's owners. A suspension that holds already stays as it is.",
            operationId = "suspendAgent")
    @APIResponse(responseCode = "200", description = "It is suspended")
    @APIResponse(responseCode = "403", description = "The caller is neither an admin nor an owner of it")
    public Uni<Response> suspend(
            @PathParam("agentId") String agentId,
            @RequestBody(content = @Content(schema = @Schema(implementation = SuspensionBody.class)))
                    byte @Nullable [] body) {
        Caller.Human caller = requests.person();
        AgentId agent = Requests.agentId(agentId);
        SuspensionBody sent = Requests.body(body, SuspensionBody.class);
        return owners.of(agent)
                .invoke(owned -> requireMaySuspend(owned, caller, agent))
                .chain(() -> suspensions.suspend(
                        new Suspension(agent, sent.reason(), caller.person().subject(), clock.instant())))
                .map(suspension -> Response.ok(Json.write(suspension)).build());
    }

    @DELETE
    @Operation(
            summary = "Let a suspended agent work again",
            description = "For admins who do not own it.",
            operationId = "liftSuspension")
    @APIResponse(responseCode = "204", description = "It may work again")
    @APIResponse(responseCode = "403", description = "The caller is no admin, or owns the agent")
    @APIResponse(responseCode = "404", description = "It is not suspended")
    public Uni<Response> lift(@PathParam("agentId") String agentId) {
        Caller.Human caller = requests.person();
        AgentId agent = Requests.agentId(agentId);
        return owners.of(agent)
                .invoke(owned -> requireMayLift(owned, caller, agent))
                .chain(() -> suspensions.lift(agent))
                .map(lifted -> lifted
                        ? Response.noContent().build()
                        : Problem.notFound("%s is not suspended. Check the id.".formatted(agent))
                                .response());
    }

    private void requireMaySuspend(Owned owned, Caller.Human caller, AgentId agent) {
        boolean owner = isActive(owned.roster(), caller) && owned.isOwner(reviewer(caller));
        if (!owner && !isAdmin(owned.roster(), caller)) {
            throw new ForbiddenException(
                    "Only people in %s and owners of %s may suspend it. Ask one of them.".formatted(admins, agent));
        }
    }

    private void requireMayLift(Owned owned, Caller.Human caller, AgentId agent) {
        if (!isAdmin(owned.roster(), caller)) {
            throw new ForbiddenException(
                    "Only people in %s may let an agent work again. Ask one of them.".formatted(admins));
        }
        if (!Collections.disjoint(owned.roster().keys(caller.person()), owned.keys())) {
            throw new ForbiddenException(
                    "You own %s, so another of %s has to let it work again.".formatted(agent, admins));
        }
    }

    private boolean isAdmin(Roster roster, Caller.Human caller) {
        return roster.groups(reviewer(caller)).contains(admins);
    }

    private boolean isActive(Roster roster, Caller.Human caller) {
        Reviewer reviewer = reviewer(caller);
        return roster.member(reviewer).map(Member::active).orElseGet(() -> roster.isStranger(reviewer));
    }

    /** With the one group of the token that counts here: a reviewer has 20 at most. */
    private Reviewer reviewer(Caller.Human caller) {
        List<String> groups = caller.groups().contains(admins) ? List.of(admins) : List.of();
        return new Reviewer(caller.person(), groups, caller.identifiedBy(), caller.authority());
    }
}
