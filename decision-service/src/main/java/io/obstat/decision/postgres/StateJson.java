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
import java.nio.charset.StandardCharsets;

/** States as JSON documents. The names are stored and never change; a new state is a new name. */
final class StateJson {

    private static final ObjectMapper MAPPER = Json.events()
            .copy()
            .addMixIn(ApprovalState.class, NamedState.class)
            .addMixIn(Verdict.class, NamedVerdict.class);

    private StateJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
    @JsonSubTypes({
        @Type(name = "unopened", value = ApprovalState.Unopened.class),
        @Type(name = "pending", value = ApprovalState.Pending.class),
        @Type(name = "allowed", value = ApprovalState.Allowed.class),
        @Type(name = "redeemed", value = ApprovalState.Redeemed.class),
        @Type(name = "executed", value = ApprovalState.Executed.class),
        @Type(name = "denied", value = ApprovalState.Denied.class),
        @Type(name = "rejected", value = ApprovalState.Rejected.class),
        @Type(name = "expired", value = ApprovalState.Expired.class),
        @Type(name = "withdrawn", value = ApprovalState.Withdrawn.class)
    })
    private interface NamedState {}

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
