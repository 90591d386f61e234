package io.obstat.decision.http;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.json.Json;
import io.obstat.decision.Decider;
import io.obstat.decision.jose.PresentedGrants;
import io.obstat.decision.jose.PresentedGrants.PresentedGrant;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.quarkus.DecisionConfig;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.Desk;
import io.obstat.decision.reactive.Situations;
import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;

/** Whether a grant is good, for gateways of any make, and where its agent gives it back. */
@Path("/v1/grants")
@Authenticated
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "gateways")
public class GrantStatusResource {

    private static final Map<String, Object> INACTIVE = Map.of("active", false);

    private final Desk desk;
    private final Approvals approvals;
    private final Situations situations;
    private final PresentedGrants grants;
    private final Requests requests;
    private final DecisionConfig config;

    GrantStatusResource(
            Desk desk,
            Approvals approvals,
            Situations situations,
            PresentedGrants grants,
            Requests requests,
            DecisionConfig config) {
        this.desk = desk;
        this.approvals = approvals;
        this.situations = situations;
        this.grants = grants;
        this.requests = requests;
        this.config = config;
    }

    /** SPEC: RFC 6749 §5.2, the form of an error that RFC 7662 and RFC 7009 share. */
    record OAuthError(String error, String error_description) {

        Response response() {
            return Response.status(Response.Status.BAD_REQUEST)
                    .entity(Json.write(this))
                    .build();
        }
    }

    @POST
    @Path("/introspect")
    @Operation(
            summary = "Whether a grant could be redeemed now (RFC 7662)",
            description =
                    "For the agent that it is for, and for callers in the group of gateways (obstat.decision.gateway-group). active means that it is"
                            + " unused, unexpired and not revoked, that the policy that allowed it is in force, and that those who approved it still"
                            + " could. It says nothing about the next moment: redeem the grant before the action runs. Anything else, and another"
                            + " agent's grant, is {\"active\": false} and no more.",
            operationId = "introspect")
    @APIResponse(responseCode = "200", description = "active, and when it is, what the grant says")
    @APIResponse(responseCode = "400", description = "token is missing, or there twice")
    @APIResponse(responseCode = "403", description = "The caller is neither an agent nor a gateway")
    public Uni<Response> introspect(@RestForm("token") List<String> token) {
        Caller caller = requests.caller();
        requireAgentOrGateway(caller);
        if (token.size() != 1) {
            return Uni.createFrom().item(oneToken(token.size()).response());
        }
        return presented(token.getFirst())
                // SPEC: RFC 7662 §2.2, a token that this caller may not ask about is one that is not active.
                .filter(grant -> caller instanceof Caller.Human || grant.agent().equals(agent(caller)))
                .map(this::introspected)
                .orElseGet(() -> Uni.createFrom().item(INACTIVE))
                .map(body -> Response.ok(Json.write(body)).build());
    }

    @POST
    @Path("/revoke")
    @Operation(
            summary = "Give a grant back, unused (RFC 7009)",
            description =
                    "For the agent that it is for. The answer is 200 whatever the token is; one that is another agent's, used up or no grant at all"
                            + " changes nothing. People revoke with the verb revoke at /v1/approvals/{actionId}/reviews.",
            operationId = "giveBack")
    @APIResponse(responseCode = "200", description = "The grant, if it was the caller's and unused, is void")
    @APIResponse(responseCode = "400", description = "token is missing, or there twice")
    @APIResponse(responseCode = "403", description = "The caller is no agent")
    public Uni<Response> revoke(@RestForm("token") List<String> token, @Context HttpHeaders headers) {
        AgentId agent = requests.agent();
        String traceparent = Requests.traceparent(headers);
        if (token.size() != 1) {
            return Uni.createFrom().item(oneToken(token.size()).response());
        }
        return presented(token.getFirst())
                .map(grant -> desk.giveBack(grant.action(), grant.id(), agent, traceparent)
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem())
                .map(done -> Response.ok().build());
    }

    private void requireAgentOrGateway(Caller caller) {
        if (caller instanceof Caller.Human human && !human.groups().contains(config.gatewayGroup())) {
            throw new ForbiddenException(
                    "Whether a grant is good is told to its agent and to the group %s, which this token does not name."
                            .formatted(config.gatewayGroup()));
        }
    }

    private static AgentId agent(Caller caller) {
        return switch (caller) {
            case Caller.Agent agent -> agent.agent();
            case Caller.Human human -> throw new IllegalArgumentException("A person is no agent");
        };
    }

    private Uni<Map<String, Object>> introspected(PresentedGrant grant) {
        return situations
                .current()
                .chain(at -> approvals
                        .state(grant.action())
                        .map(state -> Decider.isGood(state, grant.id(), at) ? active(grant) : INACTIVE));
    }

    private static Map<String, Object> active(PresentedGrant grant) {
        var body = new LinkedHashMap<String, Object>(grant.claims());
        body.put("active", true);
        body.put("client_id", grant.agent().value());
        if (body.containsKey("cnf")) {
            // SPEC: RFC 9449 §6.2
            body.put("token_type", "DPoP");
        }
        return body;
    }

    private Optional<PresentedGrant> presented(String token) {
        try {
            return Optional.of(grants.read(token));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static OAuthError oneToken(int times) {
        return new OAuthError(
                "invalid_request", "token is there %d times; send the grant's token once".formatted(times));
    }
}
