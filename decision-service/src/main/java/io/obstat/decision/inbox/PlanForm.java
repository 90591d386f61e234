package io.obstat.decision.inbox;

import io.obstat.contracts.Review;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.Reviewing;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Takes one decision on those steps of a plan that a person has ticked. Each step is a review of its own, judged by itself, and says what came of it;
 * none is ticked before the person does it.
 */
@Path("/inbox/plans/reviews")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class PlanForm {

    private static final Reply NOTHING_TICKED =
            Reply.refused("No step was ticked, so nothing was decided. Tick what this is for.");
    private static final Reply NOT_KNOWN = Reply.refused(
            "Obstat could not answer, so this may not be recorded. Load the page again in a moment to see how it stands.");

    private final Boards boards;
    private final Reviewing reviewing;
    private final Readers readers;

    PlanForm(Boards boards, Reviewing reviewing, Readers readers) {
        this.boards = boards;
        this.reviewing = reviewing;
        this.readers = readers;
    }

    /** The form's fields, as they came. */
    public static class Fields {
        /** The action ids of all steps that the card shows. */
        @RestForm
        List<String> member = List.of();

        /** The ticked ones: action id and digest as the person saw it, with a space between them. */
        @RestForm
        List<String> step = List.of();

        @RestForm
        @Nullable
        String verb;

        @RestForm
        @Nullable
        String reason;

        /** Names the rendering of the form. */
        @RestForm
        @Nullable
        String key;

        private ReviewForm.Fields of(String digest) {
            var one = new ReviewForm.Fields();
            one.verb = verb;
            one.digest = digest;
            one.reason = reason;
            one.key = key;
            return one;
        }
    }

    @POST
    @Operation(hidden = true)
    public Uni<RestResponse<String>> review(Fields fields, @RestHeader("HX-Request") @Nullable String htmx) {
        Reader reader = readers.current();
        List<String> members = fields.member.stream().distinct().toList();
        List<String> ticked = fields.step.stream().distinct().toList();
        if (members.isEmpty() || Math.max(members.size(), ticked.size()) > Approvals.LARGEST_PAGE) {
            return Pages.html(
                    Status.BAD_REQUEST,
                    Templates.trouble(
                            "This form was not filled in by the inbox",
                            "It names %d requests and ticks %d. Nothing was decided; open the inbox again."
                                    .formatted(members.size(), ticked.size())));
        }
        return replies(ticked, fields, reader)
                .chain(replies -> cards(members, reader).chain(cards -> {
                    if (cards.isEmpty()) {
                        return Pages.unknown();
                    }
                    Plan plan = Plan.after(cards, replies, summary(replies, String.valueOf(fields.verb)));
                    return Pages.html(
                            replies.isEmpty() ? Status.BAD_REQUEST : Status.OK, page(plan, reader, htmx != null));
                }))
                .onFailure()
                .recoverWithUni(Pages::unavailable);
    }

    private static TemplateInstance page(Plan plan, Reader reader, boolean htmx) {
        return htmx ? Templates.plan(plan, Pages.newKey()) : Templates.planPage(plan, reader.visitor(), Pages.newKey());
    }

    /** One after the other, in the order of the page. */
    private Uni<Map<String, Reply>> replies(List<String> ticked, Fields fields, Reader reader) {
        Map<String, Reply> replies = new LinkedHashMap<>();
        return Multi.createFrom()
                .iterable(ticked)
                .onItem()
                .transformToUniAndConcatenate(step -> {
                    String[] parts = step.split(" ", 2);
                    return reply(parts[0], fields.of(parts[parts.length - 1]), reader)
                            .invoke(reply -> replies.put(parts[0], reply));
                })
                .collect()
                .last()
                .map(last -> replies);
    }

    private Uni<Reply> reply(String id, ReviewForm.Fields fields, Reader reader) {
        return boards.find(id)
                .chain(found -> found.map(view -> reply(view, fields, reader))
                        .orElseGet(() -> Uni.createFrom().item(Reply.refused("There is no such request."))))
                .onFailure()
                .invoke(Pages::logUnavailable)
                .onFailure()
                .recoverWithItem(NOT_KNOWN);
    }

    private Uni<Reply> reply(ApprovalView view, ReviewForm.Fields fields, Reader reader) {
        Review review;
        try {
            review = ReviewForm.read(view, fields, reader);
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().item(Reply.refused(ReviewForm.problem(e)));
        }
        return reviewing
                .review(view.actionId(), review, null)
                .chain(answer -> boards.find(view.actionId().value())
                        .map(after -> Reply.of(answer, review.verb(), after.orElse(view))));
    }

    private Uni<List<Card>> cards(List<String> members, Reader reader) {
        return Multi.createFrom()
                .iterable(members)
                .onItem()
                .transformToUniAndConcatenate(boards::find)
                .filter(Optional::isPresent)
                .map(Optional::orElseThrow)
                .collect()
                .asList()
                .chain(views -> readers.knowing(reader, views)
                        .map(knowing -> views.stream().map(knowing::inList).toList()));
    }

    private static Reply summary(Map<String, Reply> replies, String verb) {
        if (replies.isEmpty()) {
            return NOTHING_TICKED;
        }
        long refused = replies.values().stream().filter(Reply::refused).count();
        long recorded = replies.size() - refused;
        if (recorded == 0) {
            return Reply.refused("Nothing of this was recorded. Each step says why.");
        }
        boolean no = verb.equals("reject");
        String text = "You %s %s.%s"
                .formatted(
                        no ? "rejected" : "approved",
                        recorded == 1 ? "1 step" : recorded + " steps",
                        refused == 0 ? "" : " %d did not count, and says why.".formatted(refused));
        return new Reply(refused > 0 ? "refused" : no ? "bad" : "good", VisibleText.of(text));
    }
}
