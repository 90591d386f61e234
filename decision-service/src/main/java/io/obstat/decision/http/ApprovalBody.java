package io.obstat.decision.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Course;
import io.obstat.decision.Eligibility;
import io.obstat.decision.Vote;
import io.obstat.decision.oidc.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An approval as the API shows it to a person; see {@link ApprovalView} for the fields. {@code eligible} is about whoever asks; {@code decision} lacks
 * the grant's token, which is the agent's alone.
 */
record ApprovalBody(
        ActionId actionId,
        String state,
        ActionRequested request,
        Assessment assessment,
        @Nullable Requirement requirement,
        List<SlotProgress> progress,
        List<Vote> votes,
        Course course,
        Instant openedAt,
        @Nullable Instant expiresAt,
        Eligibility eligible,
        @Nullable JsonNode decision,
        @Nullable Instant redeemedAt,
        @Nullable ActionExecuted executed) {

    /** A page of approvals; {@code next} is the cursor of the following one. */
    record Page(List<ApprovalBody> approvals, @Nullable String next) {}

    static ApprovalBody of(ApprovalView view, Caller.Human reader, Circumstances at) {
        Optional<ApprovalView.Run> run = Optional.ofNullable(view.run());
        return new ApprovalBody(
                view.actionId(),
                view.state().wireName(),
                view.request(),
                view.assessment(),
                view.requirement(),
                view.progress(at),
                view.votes(),
                view.course(),
                view.openedAt(),
                view.expiresAt(),
                view.eligibilityOf(reader.reviewer(view.requirement()), at),
                withoutToken(view.decision()),
                run.map(ApprovalView.Run::redeemedAt).orElse(null),
                run.map(ApprovalView.Run::executed).orElse(null));
    }

    private static @Nullable JsonNode withoutToken(@Nullable Decision decision) {
        if (decision == null) {
            return null;
        }
        JsonNode body = Json.tree(decision);
        if (body.get("grant") instanceof ObjectNode grant) {
            grant.remove("token");
        }
        return body;
    }
}
