package io.obstat.decision.http;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Required;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.json.Json;
import io.obstat.decision.Command;
import io.obstat.decision.RedemptionAnswer;
import io.obstat.decision.ReportAnswer;
import io.obstat.decision.jose.PresentedGrants;
import io.obstat.decision.jose.PresentedGrants.PresentedGrant;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.Desk;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where an agent takes up its grant, right before it runs the action, and then says how that went. */
@Path("/v1/grants")
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "agents")
public class GrantsResource {

    private static final int LONGEST_PRESENTER = 255;

    private final Desk desk;
    private final Approvals approvals;
    private final PresentedGrants grants;
    private final Requests requests;
    private final Dpop dpop;

    GrantsResource(Desk desk, Approvals approvals, PresentedGrants grants, Requests requests, Dpop dpop) {
        this.desk = desk;
        this.approvals = approvals;
        this.grants = grants;
        this.requests = requests;
        this.dpop = dpop;
    }

    /**
     * @param grant the grant's token, as it came
     * @param digest of what is about to run, computed from that and not copied from the decision
     */
    public record RedemptionBody(String grant, ActionDigest digest) {

        public RedemptionBody {
            Required.present("grant", grant);
            Required.present("digest", digest);
        }
    }

    /** @param summary what happened, in the agent's words; at most 1,000 characters */
    public record ExecutionBody(
            ActionExecuted.Result result, @Nullable String summary) {

        public ExecutionBody {
            Required.present("result", result);
            Required.optionalText("summary", summary, 1_000);
        }
    }

    record Redeemed(GrantId grantId, ActionId actionId, Instant redeemedAt) {}

    @POST
    @Path("/redeem")
    @Operation(
            summary = "Take up a grant, once",
            description =
                    "Everything is checked again: agent, key, digest, expiry, use, policy, approvers. Run the action only after a 200. A grant that is"
                            + " bound to a key (cnf) needs a DPoP proof by that key for this address (RFC 9449), a new one for every call.",
            operationId = "redeem")
    @APIResponse(responseCode = "200", description = "Run it now")
    @APIResponse(responseCode = "400", description = "This is no grant of ours, or the DPoP proof does not count")
    @APIResponse(
            responseCode = "401",
            description = "No token that counts; or it is bound to a key (cnf.jkt) and came without a DPoP proof by it")
    @APIResponse(
            responseCode = "403",
            description =
                    "Another agent's grant (foreign-agent), another key (foreign-key), another action (digest-differs), or agent-suspended")
    @APIResponse(
            responseCode = "409",
            description =
                    "The grant is used up (already-redeemed), or no longer backed (policy-changed, approvers-changed)")
    @APIResponse(responseCode = "410", description = "The grant has ended (expired, revoked)")
    public Uni<Response> redeem(
            @RequestBody(content = @Content(schema = @Schema(implementation = RedemptionBody.class)))
                    byte @Nullable [] body,
            @Context HttpHeaders headers) {
        String presenter = presenter(requests.caller());
        RedemptionBody sent = Requests.body(body, RedemptionBody.class);
        PresentedGrant grant = presented(sent.grant());
        String traceparent = Requests.traceparent(headers);
        return dpop.proved(headers, requests.accessToken())
                .chain(key -> desk.redeem(
                        grant.action(),
                        traceparent,
                        at -> new Command.Redeem(grant.id(), presenter, sent.digest(), key.orElse(null), at)))
                .map(GrantsResource::answer);
    }

    @POST
    @Path("/{grantId}/execution")
    @Operation(
            summary = "Report how the run went, once",
            description = "The same report again gets the same answer.",
            operationId = "reportExecution")
    @APIResponse(responseCode = "201", description = "On record")
    @APIResponse(responseCode = "403", description = "Another agent's grant")
    @APIResponse(responseCode = "404", description = "There is no such grant")
    @APIResponse(responseCode = "409", description = "Not redeemed, or another report is on record")
    public Uni<Response> execution(
            @PathParam("grantId") String grantId,
            @RequestBody(content = @Content(schema = @Schema(implementation = ExecutionBody.class)))
                    byte @Nullable [] body,
            @Context HttpHeaders headers) {
        AgentId agent = requests.agent();
        GrantId grant = Requests.grantId(grantId);
        ExecutionBody sent = Requests.body(body, ExecutionBody.class);
        String traceparent = Requests.traceparent(headers);
        return approvals
                .actionOf(grant)
                .chain(action -> action.map(id -> desk.report(
                                id,
                                traceparent,
                                at -> new Command.Report(grant, agent, sent.result(), sent.summary(), at)))
                        .orElseGet(() -> Uni.createFrom().item(new ReportAnswer.Unknown())))
                .map(GrantsResource::answer);
    }

    private PresentedGrant presented(String token) {
        try {
            return grants.read(token);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("grant", String.valueOf(e.getMessage()));
        }
    }

    /** A person who presents a grant is on record as one; no agent's id has a space. */
    private static String presenter(Caller caller) {
        return switch (caller) {
            case Caller.Agent agent -> agent.agent().value();
            case Caller.Human human -> {
                String presenter = "person " + human.person().subject();
                yield presenter.substring(0, Math.min(presenter.length(), LONGEST_PRESENTER));
            }
        };
    }

    private static Response answer(RedemptionAnswer answer) {
        return switch (answer) {
            case RedemptionAnswer.Redeemed redeemed ->
                Response.ok(Json.write(new Redeemed(
                                redeemed.redeemed().grant(),
                                redeemed.redeemed().actionId(),
                                redeemed.redeemed().redeemedAt())))
                        .build();
            case RedemptionAnswer.Refused refused ->
                Problem.grantRefused(
                                status(refused.cause()),
                                Json.tree(refused.cause()).textValue(),
                                refused.explanation())
                        .response();
            case RedemptionAnswer.Unknown unknown ->
                Problem.invalid(
                                "grant",
                                "is signed by this service, but no action it knows has it; run nothing and tell the operators")
                        .response();
        };
    }

    private static int status(GrantMisused.Cause cause) {
        return switch (cause) {
            case FOREIGN_AGENT, FOREIGN_KEY, DIGEST_DIFFERS, AGENT_SUSPENDED ->
                Response.Status.FORBIDDEN.getStatusCode();
            case ALREADY_REDEEMED, POLICY_CHANGED, APPROVERS_CHANGED -> Response.Status.CONFLICT.getStatusCode();
            case EXPIRED, REVOKED -> Response.Status.GONE.getStatusCode();
        };
    }

    private static Response answer(ReportAnswer answer) {
        return switch (answer) {
            case ReportAnswer.Recorded recorded ->
                Response.status(Response.Status.CREATED)
                        .entity(Json.write(recorded.executed()))
                        .build();
            case ReportAnswer.Differs differs ->
                Problem.conflict("Another report is on record (%s, at %s), and a report is not taken back."
                                .formatted(
                                        Json.tree(differs.executed().result()).textValue(),
                                        differs.executed().executedAt()))
                        .response();
            case ReportAnswer.NotRedeemed notRedeemed ->
                Problem.conflict(
                                "The grant was not redeemed, so nothing may have run under it. Redeem it before you run the action.")
                        .response();
            case ReportAnswer.ForeignAgent foreign ->
                Problem.forbidden("The grant is another agent's; only that one reports.")
                        .response();
            case ReportAnswer.Unknown unknown ->
                Problem.notFound("There is no such grant. Check the id; it is the grant's jti.")
                        .response();
        };
    }
}
