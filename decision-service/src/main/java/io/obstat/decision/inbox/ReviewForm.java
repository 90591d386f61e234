package io.obstat.decision.inbox;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.ReviewAnswer;
import io.obstat.decision.http.RefusalStatus;
import io.obstat.decision.reactive.Reviewing;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Takes the decision that a person makes on a page. Works with htmx (answers with the card) and without scripts (answers with a page). */
@Path("/inbox/{id}/reviews")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class ReviewForm {

    private final Boards boards;
    private final Reviewing reviewing;
    private final Readers readers;

    ReviewForm(Boards boards, Reviewing reviewing, Readers readers) {
        this.boards = boards;
        this.reviewing = reviewing;
        this.readers = readers;
    }

    /** The form's fields, as they came. */
    public static class Fields {
        @RestForm
        @Nullable
        String verb;

        /** Of the action as the person saw it. */
        @RestForm
        @Nullable
        String digest;

        @RestForm
        @Nullable
        String reason;

        /** Names the rendering of the form. */
        @RestForm
        @Nullable
        String key;
    }

    @POST
    @Operation(hidden = true)
    public Uni<RestResponse<String>> review(
            @RestPath String id, Fields fields, @RestHeader("HX-Request") @Nullable String htmx) {
        Reader reader = readers.current();
        return boards.find(id)
                .chain(found -> found.map(view -> review(view, fields, new Sheet(reader, htmx != null)))
                        .orElseGet(Pages::unknown))
                .onFailure()
                .recoverWithUni(Pages::unavailable);
    }

    private Uni<RestResponse<String>> review(ApprovalView view, Fields fields, Sheet sheet) {
        Review review;
        try {
            review = read(view, fields, sheet.reader());
        } catch (IllegalArgumentException e) {
            return sheet.show(Status.BAD_REQUEST, view, Reply.refused(problem(e)));
        }
        return reviewing
                .review(view.actionId(), review, null)
                .chain(answer -> boards.find(view.actionId().value())
                        .chain(after -> answer(answer, review.verb(), after.orElse(view), sheet)));
    }

    private static Uni<RestResponse<String>> answer(ReviewAnswer answer, Verb verb, ApprovalView after, Sheet sheet) {
        Reply reply = Reply.of(answer, verb, after);
        return switch (answer) {
            case ReviewAnswer.Recorded recorded -> sheet.done(after, reply);
            case ReviewAnswer.Done done -> sheet.done(after, reply);
            case ReviewAnswer.Kept kept -> sheet.show(Status.ACCEPTED, after, reply);
            case ReviewAnswer.Refused refused -> sheet.show(RefusalStatus.of(refused.cause()), after, reply);
            case ReviewAnswer.Unknown unknown -> Pages.unknown();
        };
    }

    /** @throws IllegalArgumentException when the form is not one of ours, or the reason is missing or too long */
    private static Review read(ApprovalView view, Fields fields, Reader reader) {
        Verb verb = switch (String.valueOf(fields.verb)) {
            case "approve" -> Verb.APPROVE;
            case "reject" -> Verb.REJECT;
            default -> throw new InvalidFieldException("verb", "must be approve or reject");
        };
        // A browser sends a text area's line breaks as CR LF.
        String reason = fields.reason == null || fields.reason.isBlank()
                ? null
                : fields.reason.replace("\r\n", "\n").strip();
        String key = fields.key == null ? "" : fields.key;
        return new Review(
                ReviewId.derive(
                        view.actionId().value(), reader.person().subject(), verb.name(), key, String.valueOf(reason)),
                new ActionDigest(fields.digest == null ? "" : fields.digest),
                reader.reviewerOf(view),
                verb,
                reason,
                reader.now());
    }

    private static String problem(IllegalArgumentException e) {
        return e instanceof InvalidFieldException invalid && invalid.field().equals("reason")
                ? "The reason %s. Nothing was decided.".formatted(invalid.problem())
                : "This form was not filled in by this page (%s). Nothing was decided; load the page again."
                        .formatted(e.getMessage());
    }

    /** How the answer is put on the screen: a card for htmx, a page for a plain form. */
    private record Sheet(Reader reader, boolean htmx) {

        Uni<RestResponse<String>> show(Status status, ApprovalView view, Reply reply) {
            return show(status.getStatusCode(), view, reply);
        }

        Uni<RestResponse<String>> show(int status, ApprovalView view, Reply reply) {
            return Pages.html(
                    status,
                    htmx
                            ? Templates.card(reader.inList(view), reply, Pages.newKey(), false)
                            : Templates.request(reader.onPage(view), reply, reader.visitor(), Pages.newKey()));
        }

        /** Redirects a plain form, so that loading the page again does not post again. */
        Uni<RestResponse<String>> done(ApprovalView view, Reply reply) {
            return htmx
                    ? show(Status.OK, view, reply)
                    : Uni.createFrom()
                            // Not seeOther, which would ask for the request, and that is over when the database
                            // answers.
                            .item(RestResponse.ResponseBuilder.<String>create(Status.SEE_OTHER)
                                    .header(HttpHeaders.LOCATION, "/inbox/" + view.actionId())
                                    .build());
        }
    }
}
