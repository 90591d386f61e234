package io.obstat.decision.postgres;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Verdict;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ReviewAnswer;
import java.nio.charset.StandardCharsets;

/** States as JSON documents. The names are stored and never change; a new state is a new name. */
final class StateJson {

    private static final ObjectMapper MAPPER = Json.events()
            .copy()
            .addMixIn(ApprovalState.class, NamedState.class)
            .addMixIn(ApprovalState.Use.class, NamedUse.class)
            .addMixIn(ReviewAnswer.class, NamedAnswer.class)
            .addMixIn(Verdict.class, NamedVerdict.class);

    private StateJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
    @JsonSubTypes({
        @Type(name = "unopened", value = ApprovalState.Unopened.class),
        @Type(name = "pending", value = ApprovalState.Pending.class),
        @Type(name = "granted", value = ApprovalState.Granted.class),
        @Type(name = "refused", value = ApprovalState.Refused.class)
    })
    private interface NamedState {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "use")
    @JsonSubTypes({
        @Type(name = "unused", value = ApprovalState.Unused.class),
        @Type(name = "taken-up", value = ApprovalState.TakenUp.class),
        @Type(name = "run", value = ApprovalState.Run.class),
        @Type(name = "revoked", value = ApprovalState.Revoked.class)
    })
    private interface NamedUse {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
    @JsonSubTypes({
        @Type(name = "recorded", value = ReviewAnswer.Recorded.class),
        @Type(name = "done", value = ReviewAnswer.Done.class),
        @Type(name = "refused", value = ReviewAnswer.Refused.class)
    })
    private interface NamedAnswer {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
    @JsonSubTypes({
        @Type(name = "approval-required", value = ApprovalRequired.class),
        @Type(name = "auto-allowed", value = AutoAllowed.class),
        @Type(name = "auto-denied", value = AutoDenied.class)
    })
    private interface NamedVerdict {}

    /** @throws IllegalStateException when it holds text that is not Unicode, which no retry will mend */
    static String write(ApprovalState state) {
        try {
            // By way of bytes, so that text that is not Unicode is refused here and not silently changed on its way.
            return new String(MAPPER.writerFor(ApprovalState.class).writeValueAsBytes(state), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The state cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws IllegalStateException when the document is none of ours */
    static ApprovalState read(String document) {
        try {
            return MAPPER.readValue(document, ApprovalState.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "decision.approvals holds a document that is no state: " + e.getOriginalMessage(), e);
        }
    }
}
