package io.obstat.decision.http;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.ReviewAnswer;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.Reviewing;
import io.obstat.decision.webauthn.RelyingParty;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Takes one review from what a program sent to what it is answered. */
@ApplicationScoped
class ReviewDoor {

    private final Approvals approvals;
    private final Reviewing reviewing;
    private final Clock clock;
    private final RelyingParty inbox;

    ReviewDoor(Approvals approvals, Reviewing reviewing, Clock clock, RelyingParty inbox) {
        this.approvals = approvals;
        this.reviewing = reviewing;
        this.clock = clock;
        this.inbox = inbox;
    }

    /**
     * A review as it is sent.
     *
     * @param verb what the caller says
     * @param digest of the action as the caller saw it
     * @param reason why, or the question to ask; some verbs need one; at most 1,000 characters
     * @param parameters the inputs as they should be, all of them; exactly with the verb edit
     */
    public record ReviewBody(
            @Schema(
                    description =
                            "approve, reject: a vote. escalate: ask the next group that policy names, now. claim, release: I am looking at it,"
                                    + " or no longer. ask: the reason is a question to the agent. edit: it should run with these parameters; policy speaks on it"
                                    + " again, and the caller cannot approve it any more. break-glass: allow it at once in an emergency. sign: I have looked at"
                                    + " what was allowed in an emergency. revoke: what was allowed must not run.")
            Review.Verb verb,

            ActionDigest digest,
            @Nullable String reason,
            @Nullable Parameters parameters) {

        public ReviewBody {
            Required.present("verb", verb);
            Required.present("digest", digest);
        }
    }

    /** What came of it, and the approval as it is then; no approval when there is none, or none for this caller. */
    record Judged(ReviewAnswer answer, Optional<ApprovalView> view) {}

    /**
     * Judges it and puts it, or its refusal, on record. The same review under the same key gets the same answer again.
     *
     * @param key of the client's, if it has one
     * @throws InvalidFieldException in the {@code Uni}, when the verb needs what was not sent
     */
    Uni<Judged> review(
            ActionId id, ReviewBody sent, @Nullable String key, Caller caller, @Nullable String traceparent) {
        return approvals
                .find(id)
                .map(view -> review(id, sent, key, reviewer(caller, view)))
                .chain(review -> reviewing.review(id, review, traceparent))
                .chain(answer -> approvals.find(id).map(view -> new Judged(answer, view)));
    }

    Problem refused(ActionId id, ReviewAnswer.Refused refused) {
        return Problem.reviewRefused(
                RefusalStatus.of(refused.cause()),
                Json.tree(refused.cause()).textValue(),
                refused.explanation(),
                // Where they can be identified better.
                refused.cause() == Cause.ASSURANCE_TOO_LOW ? URI.create(inbox.origin() + "/inbox/" + id) : null);
    }

    static Problem notFound(ActionId id) {
        return Problem.notFound(
                "There is no approval %s. Check the id; if it was requested a moment ago, policy may not have spoken yet."
                        .formatted(id));
    }

    private Review review(ActionId action, ReviewBody sent, @Nullable String key, Reviewer reviewer) {
        String subject = reviewer.person().subject();
        ReviewId id = key == null
                ? ReviewId.derive(action.value(), subject, UUID.randomUUID().toString())
                // What it says is part of it: another question under a used key is another question, not lost.
                : ReviewId.derive(
                        action.value(),
                        subject,
                        key,
                        sent.verb().name(),
                        sent.digest().value(),
                        String.valueOf(sent.reason()),
                        String.valueOf(sent.parameters()));
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
}
