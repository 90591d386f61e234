package io.obstat.decision.http;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.ReviewAnswer;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.Reviewing;
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
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
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

    private final Approvals approvals;
    private final Waiting waiting;
    private final Reviewing reviewing;
    private final Requests requests;
    private final Situations situations;
    private final Clock clock;

    ApprovalsResource(
            Approvals approvals,
            Waiting waiting,
            Reviewing reviewing,
            Requests requests,
            Situations situations,
            Clock clock) {
        this.approvals = approvals;
        this.waiting = waiting;
        this.reviewing = reviewing;
        this.requests = requests;
        this.situations = situations;
        this.clock = clock;
    }

    /**
     * A review as it is sent.
     *
     * @param digest of the action as the reviewer saw it
     * @param reason why, or the question to ask; some verbs need one
     * @param parameters the inputs as they should be, to edit
     */
    public record ReviewBody(
            Review.Verb verb,
            ActionDigest digest,
            @Nullable String reason,
            @Nullable Parameters parameters) {

        public ReviewBody {
            Required.present("verb", verb);
            Required.present("digest", digest);
        }
    }

    record Recorded(String result, ApprovalBody approval) {}

    record Done(String result, String said, ApprovalBody approval) {}

    @GET
    @Operation(
            summary = "Approvals: pending by deadline, or decided by the latest decision",
            description =
                    "With assignee=me, those pending on which the caller's approval would count now. Such a page may be shorter than limit,"
                            + " or empty, and still have a next: go on until there is none.",
            operationId = "approvals")
    @APIResponse(
            responseCode = "200",
            description = "A page; without next it is the last",
            content = @Content(schema = @Schema(implementation = ApprovalBody.Page.class)))
    @APIResponse(responseCode = "400", description = "A parameter is not in order; errors says which")
    public Uni<Response> page(
            @Parameter(description = "me, for what waits for the caller; everything when absent")
                    @QueryParam("assignee")
                    @Nullable
                    String assignee,
            @Parameter(description = "pending (the default) or decided") @QueryParam("state") @Nullable String state,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @Nullable String cursor,
            @Parameter(description = "1 to 100, 20 by default") @QueryParam("limit") @Nullable String limit) {
        Caller.Human reader = requests.person();
        int most = Requests.number("limit", limit, USUAL_PAGE, 1, Approvals.LARGEST_PAGE);
        String asked = state == null ? "pending" : state;
        return (assignee == null ? page(asked, cursor, most) : waiting(reader, assignee, asked, cursor, most))
                .map(page -> Response.ok(Json.write(new ApprovalBody.Page(
                                page.approvals().stream()
                                        .map(view -> ApprovalBody.of(view, reader, situations.latest()))
                                        .toList(),
                                page.next())))
                        .build());
    }

    @GET
    @Path("/{actionId}")
    @Operation(summary = "One approval, with whether the caller's review would count", operationId = "approval")
    @APIResponse(responseCode = "200", description = "The approval")
    @APIResponse(responseCode = "404", description = "There is none with this id")
    public Uni<Response> approval(@PathParam("actionId") String actionId) {
        Caller.Human reader = requests.person();
        ActionId id = Requests.actionId(actionId);
        return approvals
                .find(id)
                .map(view -> view.map(
                                found -> Response.ok(Json.write(ApprovalBody.of(found, reader, situations.latest())))
                                        .build())
                        .orElseGet(() -> notFound(id)));
    }

    @POST
    @Path("/{actionId}/reviews")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Approve or reject",
            description = "Send an Idempotency-Key, and a repeat gets the first answer. A refused review is on record.",
            operationId = "review")
    @APIResponse(responseCode = "201", description = "The review counts")
    @APIResponse(responseCode = "403", description = "The caller may not review this; cause says why")
    @APIResponse(responseCode = "409", description = "Decided, reviewed already, or another digest; cause says which")
    public Uni<Response> review(
            @PathParam("actionId") String actionId,
            @RequestBody(content = @Content(schema = @Schema(implementation = ReviewBody.class)))
                    byte @Nullable [] body,
            @Context HttpHeaders headers) {
        Caller caller = requests.caller();
        ActionId id = Requests.actionId(actionId);
        ReviewBody sent = Requests.body(body, ReviewBody.class);
        String key = Requests.idempotencyKey(headers);
        String traceparent = Requests.traceparent(headers);
        return approvals
                .find(id)
                .map(view -> review(id, sent, key, reviewer(caller, view)))
                .chain(review -> reviewing.review(id, review, traceparent))
                .chain(answer -> approvals.find(id).map(view -> answer(id, answer, view, caller)));
    }

    private Uni<Approvals.Page> waiting(
            Caller.Human reader, String assignee, String state, @Nullable String cursor, int limit) {
        if (!assignee.equals("me")) {
            throw new InvalidRequestException(
                    "assignee",
                    "must be me, got %s; leave it out for what waits for anybody".formatted(Quoted.of(assignee)));
        }
        if (!state.equals("pending")) {
            throw new InvalidRequestException(
                    "state", "must be pending when assignee is me, got %s".formatted(Quoted.of(state)));
        }
        return waiting.on(reader, cursor, limit);
    }

    private Uni<Approvals.Page> page(String state, @Nullable String cursor, int limit) {
        return switch (state) {
            case "pending" -> approvals.pending(cursor, limit);
            case "decided" -> approvals.decided(cursor, limit);
            default -> throw new InvalidRequestException("state", "must be pending or decided");
        };
    }

    private Review review(ActionId action, ReviewBody sent, @Nullable String key, Reviewer reviewer) {
        String subject = reviewer.person().subject();
        ReviewId id = key == null
                ? ReviewId.derive(action.value(), subject, UUID.randomUUID().toString())
                : ReviewId.derive(
                        action.value(),
                        subject,
                        key,
                        sent.verb().name(),
                        sent.digest().value());
        return new Review(id, sent.digest(), reviewer, sent.verb(), sent.reason(), sent.parameters(), clock.instant());
    }

    private static Reviewer reviewer(Caller caller, Optional<ApprovalView> view) {
        return switch (caller) {
            case Caller.Human human ->
                human.reviewer(view.map(ApprovalView::requirement).orElse(null));
            // Goes the same way as a person's, so that the refusal is on record.
            case Caller.Agent agent -> agent.reviewer();
        };
    }

    private Response answer(ActionId id, ReviewAnswer answer, Optional<ApprovalView> view, Caller caller) {
        return switch (answer) {
            case ReviewAnswer.Recorded recorded
            when caller instanceof Caller.Human human && view.isPresent() ->
                Response.status(Response.Status.CREATED)
                        .entity(Json.write(
                                new Recorded("recorded", ApprovalBody.of(view.get(), human, situations.latest()))))
                        .build();
            case ReviewAnswer.Done done
            when caller instanceof Caller.Human human && view.isPresent() ->
                Response.status(Response.Status.CREATED)
                        .entity(Json.write(
                                new Done("done", done.said(), ApprovalBody.of(view.get(), human, situations.latest()))))
                        .build();
            case ReviewAnswer.Done unseen -> notFound(id);
            case ReviewAnswer.Refused refused ->
                Problem.reviewRefused(
                                status(refused.cause()),
                                Json.tree(refused.cause()).textValue(),
                                refused.explanation())
                        .response();
            case ReviewAnswer.Recorded unseen -> notFound(id);
            case ReviewAnswer.Kept early -> notFound(id);
            case ReviewAnswer.Unknown unknown -> notFound(id);
        };
    }

    private static int status(ReviewRefused.Cause cause) {
        return switch (cause) {
            case OWN_AGENT,
                    OWN_BEHALF,
                    NOT_A_PERSON,
                    NOT_ELIGIBLE,
                    OWN_EMERGENCY,
                    CO_AUTHOR,
                    ASSURANCE_TOO_LOW,
                    OVERDUE -> Response.Status.FORBIDDEN.getStatusCode();
            case REASON_MISSING -> 422;
            case ALREADY_REVIEWED, DIGEST_DIFFERS, ALREADY_DECIDED, AWAITS_POLICY, NOT_APPLICABLE ->
                Response.Status.CONFLICT.getStatusCode();
        };
    }

    private static Response notFound(ActionId id) {
        return Problem.notFound(
                        "There is no approval %s. Check the id; if it was requested a moment ago, policy may not have spoken yet."
                                .formatted(id))
                .response();
    }
}
