package io.obstat.decision;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionExecuted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A story about one approval, as YAML: what is given, what is done when, what comes of it. */
record Scenario(Metadata metadata, Given given, List<Step> when, Then then) {

    record Metadata(String name, String description) {}

    /**
     * @param verdict what policy says: required, allowed or denied
     * @param needs who has to approve
     * @param within how long they have
     * @param deadline after the request, when the agent named one
     * @param people whom the directory knows, by id; absent when it knows nobody, and tokens are all there is
     * @param owners who answer for the agent by the directory, beside the one whom the request names
     */
    record Given(
            String verdict,
            @Nullable List<Slot> needs,
            @Nullable Duration within,
            @Nullable Duration deadline,
            @JsonProperty("on-behalf-of") @Nullable Who onBehalfOf,
            @Nullable Extras extras,
            @Nullable Map<String, Known> people,
            @Nullable List<Delegation> delegations,
            @Nullable List<String> owners) {}

    /** What a requirement can ask for beside people and time. */
    record Extras(
            @Nullable Integer rejections,
            @Nullable Identification assurance,
            @JsonProperty("reason-for") @Nullable List<Verb> reasonFor,
            @Nullable List<Duration> reminders,
            @Nullable List<Escalation> escalations,
            @JsonProperty("break-glass") @Nullable BreakGlass breakGlass,
            @Nullable Limits limits) {}

    /**
     * A person in the directory; their OIDC subject is their id.
     *
     * @param also other keys, such as {@code SLACK T1/U7}
     * @param left whether they are no longer one of us
     */
    record Known(@Nullable List<String> groups, @Nullable List<String> also, boolean left) {}

    /** From and until after the request. */
    record Delegation(String from, String to, Duration since, Duration until) {}

    record Who(String subject, @Nullable String email) {}

    /**
     * One thing that is done.
     *
     * @param at after the request
     * @param says what policy says when it speaks again
     * @param requires what it asks for from then on, when that is something else than before
     * @param directory what the directory says of these people from now on
     * @param reached whether a channel could tell somebody
     * @param kind what it was to tell them; that they are asked, when left out
     * @param by the agent that withdraws, when it is another one
     * @param load what else is known to be asked
     * @param answer what whoever does it is told, by the answer's name, and a part of its explanation
     */
    record Step(
            Duration at,
            @JsonProperty("do") Deed deed,
            @Nullable Review review,
            @Nullable Redemption redemption,
            @Nullable String says,
            @Nullable Requires requires,
            @Nullable Map<String, Known> directory,
            @Nullable Load load,
            @Nullable Boolean reached,
            @Nullable String kind,
            @Nullable String by,
            ActionExecuted.@Nullable Result result,
            @Nullable String answer,
            @Nullable String told) {}

    /** What policy asks for when it has changed its mind. */
    record Requires(List<Slot> needs, @Nullable Extras extras) {}

    /** What can be done. */
    enum Deed {
        @JsonProperty("open")
        OPEN,
        @JsonProperty("review")
        REVIEW,
        @JsonProperty("reply")
        REPLY,
        @JsonProperty("withdraw")
        WITHDRAW,
        @JsonProperty("tick")
        TICK,
        @JsonProperty("deliver")
        DELIVER,
        @JsonProperty("redeem")
        REDEEM,
        @JsonProperty("give-back")
        GIVE_BACK,
        @JsonProperty("report")
        REPORT,
        /** Policy answers what it was asked again. */
        @JsonProperty("policy speaks")
        POLICY_SPEAKS,
        /** An instance of the engine that has not heard of the other policy set speaks. */
        @JsonProperty("old policy speaks")
        OLD_POLICY_SPEAKS,
        /** Another policy set comes into force. */
        @JsonProperty("policy changes")
        POLICY_CHANGES,
        @JsonProperty("directory changes")
        DIRECTORY_CHANGES
    }

    /**
     * @param by whom; their groups are the directory's where it knows them
     * @param to the inputs as they should be, by {@code where}
     */
    record Review(
            String id,
            Who by,
            @Nullable List<String> in,
            Verb verb,
            @Nullable Identification identified,
            @Nullable String via,
            @Nullable String reason,
            @Nullable String to,
            @JsonProperty("of-another-version") boolean ofAnotherVersion) {}

    record Redemption(
            @Nullable String by,
            @JsonProperty("of-another-action") boolean ofAnotherAction) {}

    /**
     * @param pending how many other requests of the agent wait for people
     * @param identical whether one of them is the same
     * @param rejected how long ago people last rejected the like
     * @param overdue keys of people whose signatures are overdue
     */
    record Load(
            int pending,
            boolean identical,
            @Nullable Duration rejected,
            @Nullable List<String> overdue) {}

    /**
     * @param facts the events, by the last words of their types, in order
     * @param reason parts of the decision's reason
     * @param asked whether the decision says that people were asked
     * @param reviewers whose reviews the decision names
     */
    record Then(
            String state,
            List<String> facts,
            @Nullable List<String> reason,
            @Nullable Boolean asked,
            @Nullable List<String> reviewers) {}

    @Override
    public String toString() {
        return metadata.name();
    }
}
