package io.obstat.decision.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ReviewAnswer;
import io.obstat.decision.http.ReviewDoor.Judged;
import io.obstat.decision.http.ReviewDoor.ReviewBody;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.Situations;
import io.obstat.decision.reactive.Waiting;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where people find approvals and review them. */
@Path("/v1/approvals")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "people")
public class ApprovalsResource {

    private static final int USUAL_PAGE = 20;

    /** As {@link io.obstat.contracts.Claimed} has it. */
    private static final int LONGEST_PLAN = 128;

    private final Approvals approvals;
    private final Waiting waiting;
    private final ReviewDoor door;
    private final Requests requests;
    private final Situations situations;

    ApprovalsResource(Approvals approvals, Waiting waiting, ReviewDoor door, Requests requests, Situations situations) {
        this.approvals = approvals;
        this.waiting = waiting;
        this.door = door;
        this.requests = requests;
        this.situations = situations;
    }

    record Recorded(String result, ApprovalBody approval) {}

    record Done(String result, String said, ApprovalBody approval) {}

    @GET
    @Operation(
            summary = "Approvals: pending by deadline, decided by the latest decision, or unsigned by when that is due",
            description = "Unsigned is what was allowed in an emergency and others have yet to sign."
                    + " With assignee=me, those pending on which the caller's approval would count now, as this token identifies them, or"
                    + " those unsigned that they may sign. Such a page may be shorter than limit,"
                    + " or empty, and still have a next: go on until there is none. With plan and agent, those pending that this agent asked for"
                    + " as steps of this plan, in the order in which they were opened.",
            operationId = "approvals")
    @APIResponse(
            responseCode = "200",
            description = "A page; without next it is the last",
            content = @Content(schema = @Schema(implementation = ApprovalBody.Page.class)))
    @APIResponse(responseCode = "400", description = "A parameter is not in order; errors says which")
    public Uni<Response> page(
            @Parameter(
                            description =
                                    "me, for what waits for the caller; everything when absent. Not with plan and agent")
                    @QueryParam("assignee")
                    @Nullable
                    String assignee,
            @Parameter(description = "A plan, as its agent names it; with agent") @QueryParam("plan") @Nullable
                    String plan,
            @Parameter(description = "The agent whose plan it is; with plan") @QueryParam("agent") @Nullable
                    String agent,
            @Parameter(description = "pending (the default), decided or unsigned") @QueryParam("state") @Nullable
                    String state,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @Nullable String cursor,
            @Parameter(description = "1 to 100, 20 by default") @QueryParam("limit") @Nullable String limit) {
        Caller.Human reader = requests.person();
        int most = Requests.number("limit", limit, USUAL_PAGE, 1, Approvals.LARGEST_PAGE);
        String asked = state == null ? "pending" : state;
        Uni<Approvals.Page> found;
        if (plan != null || agent != null) {
            requireNoAssignee(assignee);
            requirePending(asked, "a plan is asked for");
            found = approvals.ofPlan(agentOf(agent), planOf(plan), cursor, most);
        } else {
            found = assignee == null ? page(asked, cursor, most) : waiting(reader, assignee, asked, cursor, most);
        }
        return found.map(page -> Response.ok(Json.write(new ApprovalBody.Page(
                        page.approvals().stream()
                                .map(view -> ApprovalBody.of(view, reader, situations.latest()))
                                .toList(),
                        page.next())))
                .build());
    }

    @GET
    @Path("/{actionId}")
    @Operation(summary = "One approval, with whether the caller's review would count", operationId = "approval")
    @APIResponse(
            responseCode = "200",
            description = "The approval",
            content = @Content(schema = @Schema(implementation = ApprovalBody.class)))
    @APIResponse(responseCode = "404", description = "There is none with this id")
    public Uni<Response> approval(@PathParam("actionId") String actionId) {
        Caller.Human reader = requests.person();
        ActionId id = Requests.actionId(actionId);
        return approvals
                .find(id)
                .map(view -> view.map(
                                found -> Response.ok(Json.write(ApprovalBody.of(found, reader, situations.latest())))
                                        .build())
                        .orElseGet(() -> ReviewDoor.notFound(id).response()));
    }

    @POST
    @Path("/{actionId}/reviews")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Say something about an approval: approve it, reject it, or any other verb",
            description =
                    "Send an Idempotency-Key, and a repeat gets the first answer. A refused review is on record. The answer has result recorded"
                            + " when it was a vote and counts, and done, with a sentence in said, when it was something else and was done.",
            operationId = "review")
    @APIResponse(
            responseCode = "201",
            description = "The vote counts, or it was done; with the approval as it is now",
            content = @Content(schema = @Schema(oneOf = {Recorded.class, Done.class})))
    @APIResponse(
            responseCode = "400",
            description = "A field is not in order, or the verb needs a reason or parameters")
    @APIResponse(
            responseCode = "403",
            description =
                    "The caller may not: own-agent, own-behalf, not-a-person, not-eligible, co-author, own-emergency, overdue, or"
                            + " identified too weakly (assurance-too-low; then page is the address of the inbox page where they can do it)")
    @APIResponse(responseCode = "404", description = "There is no such approval")
    @APIResponse(
            responseCode = "409",
            description =
                    "The approval stands otherwise: already-decided, already-reviewed, digest-differs, awaits-policy, or there is nothing"
                            + " to do it to (not-applicable)")
    @APIResponse(responseCode = "422", description = "Policy wants a reason for this verb (reason-missing)")
    public Uni<Response> review(
            @PathParam("actionId") String actionId,
            @RequestBody(content = @Content(schema = @Schema(implementation = ReviewBody.class)))
                    byte @Nullable [] body,
            @Context HttpHeaders headers) {
        Caller caller = requests.caller();
        ActionId id = Requests.actionId(actionId);
        ReviewBody sent = Requests.body(body, ReviewBody.class);
        return door.review(id, sent, Requests.idempotencyKey(headers), caller, Requests.traceparent(headers))
                .map(judged -> answer(id, judged, caller));
    }

    private Uni<Approvals.Page> waiting(
            Caller.Human reader, String assignee, String state, @Nullable String cursor, int limit) {
        if (!assignee.equals("me")) {
            throw new InvalidRequestException(
                    "assignee",
                    "must be me, got %s; leave it out for what waits for anybody".formatted(Quoted.of(assignee)));
        }
        return switch (state) {
            case "pending" -> waiting.on(reader, view -> reader.reviewer(view.requirement()), cursor, limit);
            case "unsigned" -> waiting.unsigned(view -> reader.reviewer(view.requirement()), cursor, limit);
            default ->
                throw new InvalidRequestException(
                        "state", "must be pending or unsigned when assignee is me, got %s".formatted(Quoted.of(state)));
        };
    }

    private static void requireNoAssignee(@Nullable String assignee) {
        if (assignee != null) {
            throw new InvalidRequestException(
                    "assignee",
                    "does not go with plan and agent; leave it out, and eligible says of each step whether the caller can decide it");
        }
    }

    private static void requirePending(String state, String when) {
        if (!state.equals("pending")) {
            throw new InvalidRequestException(
                    "state", "must be pending when %s, got %s".formatted(when, Quoted.of(state)));
        }
    }

    private static String planOf(@Nullable String plan) {
        if (plan == null || plan.isBlank()) {
            throw new InvalidRequestException("plan", "is missing; agent goes with it");
        }
        Required.text("plan", plan, LONGEST_PLAN);
        return plan;
    }

    private static AgentId agentOf(@Nullable String agent) {
        if (agent == null) {
            throw new InvalidRequestException("agent", "is missing; a plan is one agent's, so name it");
        }
        return Requests.agentId("agent", agent);
    }

    private Uni<Approvals.Page> page(String state, @Nullable String cursor, int limit) {
        return switch (state) {
            case "pending" -> approvals.pending(cursor, limit);
            case "decided" -> approvals.decided(cursor, limit);
            case "unsigned" -> approvals.unsigned(cursor, limit);
            default -> throw new InvalidRequestException("state", "must be pending, decided or unsigned");
        };
    }

    private Response answer(ActionId id, Judged judged, Caller caller) {
        return switch (judged.answer()) {
            case ReviewAnswer.Recorded recorded ->
                created(id, judged, caller, approval -> new Recorded("recorded", approval));
            case ReviewAnswer.Done done ->
                created(id, judged, caller, approval -> new Done("done", done.said(), approval));
            case ReviewAnswer.Refused refused -> door.refused(id, refused).response();
            case ReviewAnswer.Kept early -> ReviewDoor.notFound(id).response();
            case ReviewAnswer.Unknown unknown -> ReviewDoor.notFound(id).response();
        };
    }

    private Response created(ActionId id, Judged judged, Caller caller, Function<ApprovalBody, Object> body) {
        return judged.view()
                .filter(view -> caller instanceof Caller.Human)
                .map(view -> ApprovalBody.of(view, (Caller.Human) caller, situations.latest()))
                .map(approval -> Response.status(Response.Status.CREATED)
                        .entity(Json.write(body.apply(approval)))
                        .build())
                .orElseGet(() -> ReviewDoor.notFound(id).response());
    }
}
