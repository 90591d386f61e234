package io.obstat.decision.inbox;

import io.obstat.contracts.Review;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.webauthn.Occasion;
import io.obstat.decision.webauthn.StepUp;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** Says which security keys to ask before a review is sent. It takes the form as {@link ReviewForm} will, so that both mean the same review. */
@Path("/inbox/{id}/step-up")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
public class StepUpQuestion {

    private final Boards boards;
    private final StepUp stepUp;
    private final Readers readers;

    StepUpQuestion(Boards boards, StepUp stepUp, Readers readers) {
        this.boards = boards;
        this.stepUp = stepUp;
        this.readers = readers;
    }

    @POST
    @Operation(hidden = true)
    public Uni<KeyQuestion> begin(@RestPath String id, ReviewForm.Fields fields) {
        Reader reader = readers.current();
        return boards.find(id)
                .chain(found -> found.map(view -> begin(view, fields, reader))
                        .orElseGet(() -> problem("There is no such request any more.")))
                .onFailure()
                .recoverWithItem(KeyQuestion::unavailable);
    }

    private Uni<KeyQuestion> begin(ApprovalView view, ReviewForm.Fields fields, Reader reader) {
        Review review;
        try {
            review = ReviewForm.read(view, fields, reader);
        } catch (IllegalArgumentException e) {
            return problem(ReviewForm.problem(e));
        }
        return stepUp.begin(reader.holder(), Occasion.Reviewing.of(view.actionId(), review))
                .map(KeyQuestion::of);
    }

    private static Uni<KeyQuestion> problem(String sentence) {
        return Uni.createFrom().item(KeyQuestion.problem(sentence));
    }
}
