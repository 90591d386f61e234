package io.obstat.decision.inbox;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.ReviewAnswer;
import io.obstat.decision.http.RefusalStatus;
import io.obstat.decision.reactive.Reviewing;
import io.obstat.decision.webauthn.Occasion;
import io.obstat.decision.webauthn.Refusal;
import io.obstat.decision.webauthn.StepUp;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
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
    private final StepUp stepUp;

    ReviewForm(Boards boards, Reviewing reviewing, Readers readers, StepUp stepUp) {
        this.boards = boards;
        this.reviewing = reviewing;
        this.readers = readers;
        this.stepUp = stepUp;
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

        /** The inputs as they should be, as JSON. */
        @RestForm
        @Nullable
        String parameters;

        /** Names the rendering of the form. */
        @RestForm
        @Nullable
        String key;

        /** What a security key answered, where one is asked for. */
        @RestForm
        @Nullable
        String assertion;
    }

    @POST
    @Operation(hidden = true)
    public Uni<RestResponse<String>> review(
            @RestPath String id, Fields fields, @RestHeader("HX-Request") @Nullable String htmx) {
        Reader reader = readers.current();
        return boards.find(id)
                .chain(found -> found.map(view -> readers.knowing(reader, List.of(view))
                                .chain(knowing -> review(view, fields, new Sheet(knowing, htmx != null))))
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
        return StepUp.isAskedFor(view.requirement()) && isFormal(review.verb())
                ? stepUp(view, review, fields, sheet)
                : handIn(view, review, sheet);
    }

    private Uni<RestResponse<String>> stepUp(ApprovalView view, Review review, Fields fields, Sheet sheet) {
        Reader reader = sheet.reader();
        return stepUp.finish(reader.holder(), Occasion.Reviewing.of(view.actionId(), review), fields.assertion)
                .chain(outcome -> switch (outcome) {
                    case StepUp.Outcome.Verified verified ->
                        handIn(view, with(review.id(), reader.verifiedReviewerOf(view), review), sheet);
                    case StepUp.Outcome.Refused(var refusal) -> attempted(view, review, refusal, sheet);
                });
    }

    /** The attempt is on record, refused: first of all for what nobody may do with any key. */
    private Uni<RestResponse<String>> attempted(ApprovalView view, Review review, Refusal refusal, Sheet sheet) {
        Review keyless = with(ReviewId.derive(review.id().value(), "without its key"), review.reviewer(), review);
        return reviewing
                .attempt(view.actionId(), keyless, null)
                .chain(answer -> answer instanceof ReviewAnswer.Refused(Cause cause, String explanation)
                                && cause == Cause.ASSURANCE_TOO_LOW
                        ? sheet.show(
                                Status.FORBIDDEN,
                                view,
                                Reply.refused(
                                        refusal.sentence() + " Nothing was decided by it; press the button again."))
                        : answered(answer, review.verb(), view, sheet));
    }

    private static Review with(ReviewId id, Reviewer reviewer, Review review) {
        return new Review(
                id,
                review.digest(),
                reviewer,
                review.verb(),
                review.reason(),
                review.parameters(),
                review.submittedAt());
    }

    private Uni<RestResponse<String>> handIn(ApprovalView view, Review review, Sheet sheet) {
        return reviewing
                .review(view.actionId(), review, null)
                .chain(answer -> answered(answer, review.verb(), view, sheet));
    }

    private Uni<RestResponse<String>> answered(ReviewAnswer answer, Verb verb, ApprovalView before, Sheet sheet) {
        return boards.find(before.actionId().value()).chain(after -> answer(answer, verb, after.orElse(before), sheet));
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
    static Review read(ApprovalView view, Fields fields, Reader reader) {
        Verb verb = verb(String.valueOf(fields.verb));
        // A browser sends a text area's line breaks as CR LF.
        String reason = fields.reason == null || fields.reason.isBlank()
                ? null
                : fields.reason.replace("\r\n", "\n").strip();
        String key = fields.key == null ? "" : fields.key;
        return new Review(
                ReviewId.derive(
                        view.actionId().value(),
                        reader.person().subject(),
                        verb.name(),
                        key,
                        String.valueOf(reason),
                        String.valueOf(fields.parameters)),
                new ActionDigest(fields.digest == null ? "" : fields.digest),
                reader.reviewerOf(view),
                verb,
                reason,
                verb == Verb.EDIT ? parameters(fields.parameters) : null,
                reader.now());
    }

    private static Verb verb(String name) {
        return Stream.of(Verb.values())
                .filter(verb -> Json.tree(verb).textValue().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException("verb", "must be one of this page's buttons"));
    }

    private static Parameters parameters(@Nullable String json) {
        try {
            return Json.readStrict(String.valueOf(json).getBytes(StandardCharsets.UTF_8), Parameters.class);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(
                    "parameters", "are no JSON object that can be asked for: " + e.getMessage());
        }
    }

    /** What takes a security key where an approval does. Looking, asking, and whatever only prevents take none. */
    private static boolean isFormal(Verb verb) {
        return switch (verb) {
            case APPROVE, ESCALATE, EDIT, BREAK_GLASS, SIGN -> true;
            case REJECT, CLAIM, RELEASE, ASK, REVOKE -> false;
        };
    }

    static String problem(IllegalArgumentException e) {
        return e instanceof InvalidFieldException invalid
                        && (invalid.field().equals("reason") || invalid.field().equals("parameters"))
                ? "The %s %s. Nothing was decided."
                        .formatted(invalid.field().equals("reason") ? "reason" : "inputs", invalid.problem())
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

        Uni<RestResponse<String>> done(ApprovalView view, Reply reply) {
            return htmx ? show(Status.OK, view, reply) : Pages.seeOther("/inbox/" + view.actionId());
        }
    }
}
