package io.obstat.decision.http;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.ReviewAnswer;
import io.obstat.decision.http.ReviewDoor.Judged;
import io.obstat.decision.http.ReviewDoor.ReviewBody;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.reactive.UnavailableException;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Several reviews in one call, such as of all that one plan of an agent asks for. Each is judged by itself. */
@Path("/v1/reviews")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "people")
public class BatchResource {

    private static final Logger LOG = Logger.getLogger(BatchResource.class);
    private static final int MOST_ITEMS = 50;
    private static final int CREATED = Response.Status.CREATED.getStatusCode();

    private final ReviewDoor door;
    private final Requests requests;

    BatchResource(ReviewDoor door, Requests requests) {
        this.door = door;
        this.requests = requests;
    }

    /** @param items 1 to 50, carried out in this order */
    public record BatchBody(List<Item> items) {

        public BatchBody {
            items = Required.list("items", items, MOST_ITEMS);
            if (items.isEmpty()) {
                throw new InvalidFieldException("items", "is empty; send at least one review");
            }
        }
    }

    /** One review; its fields are those of a review of a single approval. */
    public record Item(
            ActionId actionId,
            ActionDigest digest,
            Review.Verb verb,
            @Nullable String reason,
            @Nullable Parameters parameters) {

        public Item {
            Required.present("items.actionId", actionId);
            Required.present("items.digest", digest);
            Required.present("items.verb", verb);
        }

        ReviewBody review() {
            return new ReviewBody(verb, digest, reason, parameters);
        }
    }

    record BatchAnswer(List<ItemAnswer> items) {}

    /**
     * What came of one item.
     *
     * @param status what a call of its own would have been answered: 201, 400, 403, 404, 409, 422, 500 (the fault is ours) or 503 (send it again)
     * @param result recorded when it was a vote and counts, done when it was something else and was done; absent when it was refused
     * @param said what was done, in a sentence
     * @param state of the approval after it
     * @param problem why it was refused
     */
    record ItemAnswer(
            ActionId actionId,
            int status,
            @Nullable String result,
            @Nullable String said,
            @Nullable String state,
            @Nullable Problem problem) {

        static ItemAnswer of(ActionId id, Problem problem) {
            return new ItemAnswer(id, problem.status(), null, null, null, problem);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Review several approvals, each by itself",
            description =
                    "For one card over one plan: every item is what a call of its own at /v1/approvals/{actionId}/reviews would be, and gets its own"
                            + " status; one that is refused (4xx), fails for a reason that is ours (500) or could not be stored (503) holds up no other. Send an Idempotency-Key, and an item that is repeated under it gets its"
                            + " first answer, in whatever batch it comes.",
            operationId = "reviewAll")
    @APIResponse(
            responseCode = "200",
            description = "What came of each item, in their order",
            content = @Content(schema = @Schema(implementation = BatchAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description = "The batch is not in order, and nothing of it was done; errors says which field")
    public Uni<Response> reviews(
            @RequestBody(content = @Content(schema = @Schema(implementation = BatchBody.class))) byte @Nullable [] body,
            @Context HttpHeaders headers) {
        Caller caller = requests.caller();
        BatchBody sent = Requests.body(body, BatchBody.class);
        String key = Requests.idempotencyKey(headers);
        String traceparent = Requests.traceparent(headers);
        return Multi.createFrom()
                .iterable(sent.items())
                .onItem()
                .transformToUniAndConcatenate(item -> answer(item, key, caller, traceparent))
                .collect()
                .asList()
                .map(items -> Response.ok(Json.write(new BatchAnswer(items))).build());
    }

    private Uni<ItemAnswer> answer(Item item, @Nullable String key, Caller caller, @Nullable String traceparent) {
        ActionId id = item.actionId();
        return door.review(id, item.review(), key, caller, traceparent)
                .map(judged -> answer(id, judged))
                .onFailure(InvalidFieldException.class)
                .recoverWithItem(failure -> ItemAnswer.of(id, invalid((InvalidFieldException) failure)))
                .onFailure(UnavailableException.class)
                .recoverWithItem(
                        failure -> ItemAnswer.of(
                                id,
                                Problem.unavailable(
                                        "The database does not answer, so that it is not known whether this was done. Send it again with the same Idempotency-Key.")))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.errorf(failure, "An item of a batch failed for a reason that is ours: %s", id);
                    return ItemAnswer.of(id, Problem.ours());
                });
    }

    private ItemAnswer answer(ActionId id, Judged judged) {
        String state = judged.view()
                .map(ApprovalView::state)
                .map(ApprovalView.State::wireName)
                .orElse(null);
        return switch (judged.answer()) {
            case ReviewAnswer.Recorded recorded -> new ItemAnswer(id, CREATED, "recorded", null, state, null);
            case ReviewAnswer.Done done -> new ItemAnswer(id, CREATED, "done", done.said(), state, null);
            case ReviewAnswer.Refused refused -> ItemAnswer.of(id, door.refused(id, refused));
            case ReviewAnswer.Kept early -> ItemAnswer.of(id, ReviewDoor.notFound(id));
            case ReviewAnswer.Unknown unknown -> ItemAnswer.of(id, ReviewDoor.notFound(id));
        };
    }

    private static Problem invalid(InvalidFieldException failure) {
        return Problem.invalid(failure.field(), failure.problem());
    }
}
