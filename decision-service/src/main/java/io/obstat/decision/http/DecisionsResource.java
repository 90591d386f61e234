package io.obstat.decision.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Required;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.QuestionAnswered;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Course;
import io.obstat.decision.ReplyAnswer;
import io.obstat.decision.reactive.DecisionWaits;
import io.obstat.decision.reactive.Desk;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where an agent waits for the decision on its action, and answers what reviewers ask meanwhile. */
@Path("/v1/decisions")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "agents")
public class DecisionsResource {

    private static final int LONGEST_WAIT_SECONDS = 60;
    private static final int LONGEST_ANSWER = 2_000;

    private final DecisionWaits waits;
    private final Desk desk;
    private final Requests requests;

    DecisionsResource(DecisionWaits waits, Desk desk, Requests requests) {
        this.waits = waits;
        this.desk = desk;
        this.requests = requests;
    }

    /**
     * What may have come of a decision since, beside it.
     *
     * @param revoked signed too; absent unless its grant was revoked before it was taken up
     */
    record RevokedBody(@Nullable DecisionRevoked revoked) {}

    /** @param questions that the agent has not answered, oldest first */
    record Pending(String status, List<AskedBody> questions) {

        static Pending of(ApprovalView action) {
            return new Pending(
                    "pending",
                    action.course().openQuestions().stream().map(AskedBody::of).toList());
        }
    }

    /**
     * @param id to answer under
     * @param text in the words of a person who decides
     */
    record AskedBody(ReviewId id, String text, Instant askedAt) {

        static AskedBody of(Course.Question question) {
            return new AskedBody(question.id(), question.text(), question.askedAt());
        }
    }

    /**
     * An answer as it is sent.
     *
     * @param question its id
     * @param answer in the agent's words; 1 to 2,000 characters
     */
    public record AnswerBody(ReviewId question, String answer) {

        public AnswerBody {
            Required.present("question", question);
            Required.text("answer", answer, LONGEST_ANSWER);
        }
    }

    @GET
    @Path("/{actionId}")
    @Operation(
            summary = "The decision on an action of the calling agent",
            description =
                    "A wait ends with the decision, or with an open question that comes after the one in seen; without seen, with any open"
                            + " question. An agent that leaves a question open names it in seen, and is not called back for it again. At most 10,000 answers"
                            + " are held, 500 of them for one agent; beyond that they come at once. Whoever is answered sooner than it asked, and without"
                            + " news, pauses before it asks again, longer each time.",
            operationId = "decision")
    @APIResponse(
            responseCode = "200",
            description =
                    "The decision, signed; with a grant when it allows, and with revoked (a DecisionRevoked, signed too) once that grant was"
                            + " revoked before it was taken up",
            content = @Content(schema = @Schema(allOf = {Decision.class, RevokedBody.class})))
    @APIResponse(
            responseCode = "202",
            description = "There is no decision yet: answer the questions, if there are any, and ask again",
            content = @Content(schema = @Schema(implementation = Pending.class)))
    @APIResponse(responseCode = "400", description = "wait, seen or the id is not in order; errors says which")
    @APIResponse(
            responseCode = "404",
            description = "No action of the calling agent that policy has spoken on has this id")
    public Uni<Response> decision(
            @PathParam("actionId") String actionId,
            @Parameter(description = "How many seconds to wait, 0 to 60") @QueryParam("wait") @Nullable String wait,
            @Parameter(description = "The id of the latest question that the agent knows of")
                    @QueryParam("seen")
                    @Nullable
                    String seen) {
        AgentId agent = requests.agent();
        ActionId id = Requests.actionId(actionId);
        ReviewId known = seen == null ? null : Requests.reviewId("seen", seen);
        Duration atMost = Duration.ofSeconds(Requests.number("wait", wait, 0, 0, LONGEST_WAIT_SECONDS));
        return waits.news(id, agent, known, atMost).map(view -> answer(id, view));
    }

    @POST
    @Path("/{actionId}/answers")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Answer a question of a reviewer, once",
            description = "The same answer again gets the same response.",
            operationId = "answer")
    @APIResponse(
            responseCode = "201",
            description = "On record, and the reviewers see it",
            content = @Content(schema = @Schema(implementation = QuestionAnswered.class)))
    @APIResponse(responseCode = "404", description = "Nobody has asked this about an action of the calling agent")
    @APIResponse(responseCode = "409", description = "Another answer is on record, or the action is decided")
    public Uni<Response> answer(
            @PathParam("actionId") String actionId,
            @RequestBody(content = @Content(schema = @Schema(implementation = AnswerBody.class)))
                    byte @Nullable [] body,
            @Context HttpHeaders headers) {
        AgentId agent = requests.agent();
        ActionId id = Requests.actionId(actionId);
        AnswerBody sent = Requests.body(body, AnswerBody.class);
        return desk.reply(id, sent.question(), agent, sent.answer(), Requests.traceparent(headers))
                .map(answer -> answer(id, sent.question(), answer));
    }

    private static Response answer(ActionId id, Optional<ApprovalView> view) {
        return view.map(DecisionsResource::answer)
                .orElseGet(() -> Problem.notFound(
                                "Policy has not spoken on an action %s of yours. If you have just requested it, ask again with wait=30; otherwise check the id."
                                        .formatted(id))
                        .response());
    }

    private static Response answer(ApprovalView action) {
        Decision decision = action.decision();
        return decision == null
                ? Response.accepted(Json.write(Pending.of(action))).build()
                : Response.ok(Json.write(decided(decision, action.revoked()))).build();
    }

    /** The decision as it was published, and what has come of it since. */
    private static JsonNode decided(Decision decision, @Nullable DecisionRevoked revoked) {
        ObjectNode body = (ObjectNode) Json.tree(decision);
        body.setAll((ObjectNode) Json.tree(new RevokedBody(revoked)));
        return body;
    }

    private static Response answer(ActionId id, ReviewId question, ReplyAnswer answer) {
        return switch (answer) {
            case ReplyAnswer.Recorded recorded ->
                Response.status(Response.Status.CREATED)
                        .entity(Json.write(recorded.answered()))
                        .build();
            case ReplyAnswer.Differs differs ->
                Problem.conflict(
                                "Another answer to %s is on record, and an answer is not taken back. The reviewers can ask again."
                                        .formatted(question))
                        .response();
            case ReplyAnswer.TooLate tooLate ->
                Problem.conflict(
                                "%s is decided, so that nobody reads an answer any more. Read the decision at /v1/decisions/%s."
                                        .formatted(id, id))
                        .response();
            case ReplyAnswer.Unknown unknown ->
                Problem.notFound("Nobody has asked %s about an action %s of yours. Take the id from questions."
                                .formatted(question, id))
                        .response();
        };
    }
}
