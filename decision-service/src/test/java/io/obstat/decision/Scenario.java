package io.obstat.decision;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionExecuted;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A story about one approval, as YAML: what is given, what is done when, what comes of it. */
record Scenario(Metadata metadata, Given given, List<Step> when, Then then) {

    record Metadata(String name, String description) {}

    /**
     * @param verdict what policy says: required, allowed or denied
     * @param needs who has to approve
     * @param within how long they have
     * @param deadline after the request, when the agent named one
     */
    record Given(
            String verdict,
            @Nullable List<Slot> needs,
            @Nullable Duration within,
            @Nullable Duration deadline,
            @JsonProperty("on-behalf-of") @Nullable Who onBehalfOf) {}

    record Who(String subject, @Nullable String email) {}

    /**
     * One thing that is done.
     *
     * @param at after the request
     * @param answer what whoever does it is told, by the answer's name, and a part of its explanation
     */
    record Step(
            Duration at,
            @JsonProperty("do") Deed deed,
            @Nullable Review review,
            @Nullable Redemption redemption,
            ActionExecuted.@Nullable Result result,
            @Nullable String answer,
            @Nullable String told) {}

    /** What can be done. */
    enum Deed {
        @JsonProperty("open")
        OPEN,
        @JsonProperty("review")
        REVIEW,
        @JsonProperty("withdraw")
        WITHDRAW,
        @JsonProperty("tick")
        TICK,
        @JsonProperty("redeem")
        REDEEM,
        @JsonProperty("report")
        REPORT
    }

    record Review(
            String id,
            Who by,
            @Nullable List<String> in,
            io.obstat.contracts.Review.Verb verb,
            @JsonProperty("of-another-version") boolean ofAnotherVersion) {}

    record Redemption(
            @Nullable String by,
            @JsonProperty("of-another-action") boolean ofAnotherAction) {}

    /**
     * @param facts the events, by the last words of their types, in order
     * @param reason parts of the decision's reason
     */
    record Then(String state, List<String> facts, @Nullable List<String> reason) {}

    @Override
    public String toString() {
        return metadata.name();
    }
}
