package io.obstat.decision;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.Risk;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tests talk about: an export of customer data that etl-agent wants to do. */
public final class Examples {

    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    public static final AgentId AGENT = new AgentId("etl-agent");
    public static final Person OWNER = new Person("owner", "owner@example.com");

    private static final String POLICY_SET = "sha256:" + "0".repeat(64);

    private Examples() {}

    public static ActionRequested request(String key) {
        return request(key, AGENT, OWNER, null, NOON, null);
    }

    public static ActionRequested request(
            String key,
            AgentId agent,
            Person owner,
            @Nullable Person onBehalfOf,
            Instant at,
            @Nullable Instant deadline) {
        var parameters = JsonNodeFactory.instance
                .objectNode()
                .put("where", "country = 'DE'")
                .put("key", key);
        var action = new Action(
                new ActionType("data.export"), "postgres://prod/customers", "production", Parameters.of(parameters));
        return new ActionRequested(
                ActionId.derive(agent, key),
                ActionDigest.of(agent, onBehalfOf, action),
                action,
                new Verified(agent, owner, onBehalfOf, Verified.Method.OIDC, "https://issuer.example.com"),
                new Claimed("quarterly churn analysis", null, null, List.of(), null),
                at,
                deadline);
    }

    /** The same as a step of what its agent says is a plan. */
    public static ActionRequested stepOf(String plan, ActionRequested request) {
        return new ActionRequested(
                request.actionId(),
                request.digest(),
                request.action(),
                request.verified(),
                new Claimed("a step", null, null, List.of(), null, plan),
                request.requestedAt(),
                request.deadline());
    }

    public static ApprovalRequired required(ActionRequested request, Duration deadline, Slot... slots) {
        return new ApprovalRequired(request, assessment(request), new Requirement(List.of(slots), deadline));
    }

    /** As it waits right after the verdict. */
    public static ApprovalState pending(ApprovalRequired verdict, Instant at) {
        return new ApprovalState.Pending(
                verdict, at, at.plus(verdict.requirement().deadline()), ReviewLog.empty(), Course.start());
    }

    /** The same after a reviewer has asked the agent something. */
    public static ApprovalState asked(ApprovalRequired verdict, Course.Question question) {
        return new ApprovalState.Pending(
                verdict,
                NOON,
                NOON.plus(verdict.requirement().deadline()),
                ReviewLog.empty(),
                Course.start().asked(List.of(question)));
    }

    public static AutoAllowed allowed(ActionRequested request) {
        return new AutoAllowed(request, assessment(request));
    }

    public static AutoDenied denied(ActionRequested request) {
        return new AutoDenied(request, assessment(request), "Export a sample of 100 rows", Duration.ofHours(1));
    }

    public static Review review(
            String id, ActionRequested request, Review.Verb verb, Person person, List<String> groups, Instant at) {
        return review(id, request.digest(), verb, person, groups, at);
    }

    public static Review review(
            String id, ActionDigest digest, Review.Verb verb, Person person, List<String> groups, Instant at) {
        var reviewer = new Reviewer(person, groups, Identification.BEARER_TOKEN, "https://issuer.example.com");
        String reason = verb == Review.Verb.REJECT ? "not this quarter" : null;
        return new Review(ReviewId.derive(id), digest, reviewer, verb, reason, at);
    }

    public static Person person(String subject) {
        return new Person(subject, subject + "@example.com");
    }

    public static ActionDigest otherDigest() {
        return new ActionDigest("sha256:" + "f".repeat(64));
    }

    private static Assessment assessment(ActionRequested request) {
        return new Assessment(
                "Export customer data from production",
                Risk.HIGH,
                List.of(),
                "Exports of customer data need people",
                POLICY_SET,
                request.requestedAt());
    }
}
