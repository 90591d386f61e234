package io.obstat.contracts;

import io.obstat.contracts.Assessment.Effect;
import io.obstat.contracts.Assessment.MatchedRule;
import io.obstat.contracts.Claimed.Link;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionIntent;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalClaimed;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalReleased;
import io.obstat.contracts.event.ApprovalReminded;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.CardUpdated;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.GlassBroken;
import io.obstat.contracts.event.GlassOverdue;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.contracts.event.QuestionAnswered;
import io.obstat.contracts.event.QuestionAsked;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.contracts.event.RunOverdue;
import io.obstat.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One export of customer data, from intent to ledger, as events: every type once, with every field filled. */
public final class Samples {

    public static final AgentId AGENT = new AgentId("etl-agent");
    public static final ActionId ACTION_ID = ActionId.derive(AGENT, "churn-2026-q3");
    public static final Person OWNER = new Person("owner", "owner@example.com");
    public static final Instant T0 = Instant.parse("2026-11-22T09:00:00.123456789Z");
    public static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    /** A parameter object with every kind of JSON value, numbers at the edge of what RFC 8785 keeps among them. */
    public static final Parameters PARAMETERS = parameters("""
            {"format":"csv","where":{"country":"DE","since":null},"columns":["id","name \\u20ac"],"header":true,
             "rows":48210,"ratio":0.1,"tiny":5e-324,"large":1E+21,"zero":-0.0,"padded":1.50}""");

    public static final Action ACTION =
            new Action(new ActionType("data.export"), "postgres://prod/customers", "production", PARAMETERS);
    public static final ActionDigest DIGEST = ActionDigest.of(AGENT, OWNER, ACTION);
    public static final GrantId GRANT_ID = GrantId.of(ACTION_ID);

    private static final String POLICY_SET = "sha256:" + "0f".repeat(32);
    private static final String STATEMENT = "eyJ0eXAiOiJvYnN0YXQtZGVjaXNpb24rand0In0.eyJvdXRjb21lIjoiYWxsb3dlZCJ9.c2ln";

    private Samples() {}

    public static Parameters parameters(String json) {
        return Json.readStrict(json.getBytes(StandardCharsets.UTF_8), Parameters.class);
    }

    public static ActionRequested requested() {
        return new ActionRequested(
                ACTION_ID,
                DIGEST,
                ACTION,
                new Verified(
                        AGENT,
                        OWNER,
                        OWNER,
                        Verified.Method.OIDC,
                        "https://login.example.com/obstat",
                        "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"),
                new Claimed(
                        "quarterly churn analysis",
                        "run-8f3c",
                        "example-model-4",
                        List.of(new Link("Ticket DATA-17", "https://tracker.example.com/DATA-17")),
                        "+ /exports/customers.csv",
                        "churn-2026-q3"),
                T0,
                T0.plus(Duration.ofHours(2)));
    }

    public static Assessment assessment(Effect effect) {
        return new Assessment(
                "Export customer data from production",
                Risk.HIGH,
                List.of(new MatchedRule("prod-data-export", effect, "exports of customer data leave our control")),
                "The rule prod-data-export matched.",
                POLICY_SET,
                T0.plusMillis(5));
    }

    public static Requirement requirement() {
        return new Requirement(
                List.of(new Slot("data-governance", 2), new Slot("oncall", 1)),
                Duration.ofMinutes(30),
                2,
                Reviewer.Identification.OIDC_SESSION,
                List.of(Review.Verb.APPROVE),
                List.of(Duration.ofMinutes(10), Duration.ofMinutes(20)),
                List.of(new Escalation("managers", Duration.ofMinutes(15)), new Escalation("directors", null)),
                new BreakGlass("incident-commanders", new Slot("security", 2), Duration.ofHours(24)),
                new Limits(20, Duration.ofMinutes(10)));
    }

    public static Review review(Review.Verb verb) {
        return new Review(
                ReviewId.derive(ACTION_ID.value(), "reviewer", "click-1"),
                DIGEST,
                new Reviewer(
                        new Person("reviewer", "reviewer@example.com"),
                        List.of("data-governance", "oncall"),
                        Reviewer.Identification.OIDC_SESSION,
                        "https://login.example.com/obstat"),
                verb,
                "churn numbers are due tomorrow",
                verb == Review.Verb.EDIT ? parameters("{\"format\":\"csv\",\"rows\":100}") : null,
                T0.plusSeconds(60));
    }

    public static Decision allowed() {
        return new Decision(
                ACTION_ID,
                DIGEST,
                AGENT,
                Outcome.ALLOWED,
                DecidedBy.PEOPLE,
                true,
                "Approved by data-governance and oncall. Redeem the grant, then run exactly this action.",
                null,
                null,
                List.of(review(Review.Verb.APPROVE)),
                null,
                null,
                POLICY_SET,
                T0.plusSeconds(61),
                new Grant(GRANT_ID, "eyJ0eXAiOiJvYnN0YXQtZ3JhbnQrand0In0.e30.c2ln", T0.plusSeconds(961)),
                STATEMENT);
    }

    public static Decision denied() {
        return new Decision(
                ACTION_ID,
                DIGEST,
                AGENT,
                Outcome.DENIED,
                DecidedBy.POLICY,
                false,
                "Policy forbids it: exports of customer data leave our control.",
                "Query the aggregated view churn_by_month instead.",
                T0.plus(Duration.ofHours(1)),
                List.of(),
                null,
                null,
                POLICY_SET,
                T0.plusSeconds(1),
                null,
                STATEMENT);
    }

    /** Every event, by the name of its approved form: the CloudEvents type, with a suffix where a type has several. */
    public static Map<String, Envelope<?>> events() {
        var events = new LinkedHashMap<String, Envelope<?>>();
        for (Event event : List.of(
                new ActionIntent("eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJldGwtYWdlbnQifQ.c2ln"),
                requested(),
                new ActionWithdrawn(ACTION_ID, AGENT, "no longer needed", T0.plusSeconds(30)),
                new ApprovalRequired(requested(), assessment(Effect.REQUIRE), requirement()),
                new AutoAllowed(requested(), assessment(Effect.ALLOW)),
                new AutoDenied(
                        requested(), assessment(Effect.DENY), "Query churn_by_month instead.", Duration.ofHours(1)),
                new ReviewSubmitted(ACTION_ID, review(Review.Verb.APPROVE)),
                new ApprovalOpened(
                        ACTION_ID, DIGEST, requirement(), T0.plusSeconds(1), T0.plus(Duration.ofMinutes(30))),
                new ReviewRecorded(
                        ACTION_ID,
                        review(Review.Verb.APPROVE),
                        new Person("deputised", "deputised@example.com"),
                        List.of(
                                new SlotProgress(new Slot("data-governance", 2), 1),
                                new SlotProgress(new Slot("oncall", 1), 0)),
                        T0.plusSeconds(60)),
                new ReviewRefused(
                        ACTION_ID,
                        review(Review.Verb.REJECT),
                        ReviewRefused.Cause.OWN_AGENT,
                        "You own etl-agent, so you cannot approve its requests.",
                        T0.plusSeconds(60)),
                new ApprovalClaimed(ACTION_ID, review(Review.Verb.CLAIM), T0.plusSeconds(20)),
                new ApprovalReleased(ACTION_ID, review(Review.Verb.RELEASE), T0.plusSeconds(25)),
                new ApprovalEscalated(ACTION_ID, "managers", review(Review.Verb.ESCALATE), T0.plusSeconds(40)),
                new ApprovalReminded(
                        ACTION_ID, 1, List.of(new SlotProgress(new Slot("oncall", 1), 0)), T0.plusSeconds(600)),
                new QuestionAsked(ACTION_ID, review(Review.Verb.ASK), T0.plusSeconds(26)),
                new QuestionAnswered(
                        ACTION_ID,
                        ReviewId.derive(ACTION_ID.value(), "reviewer", "click-1"),
                        AGENT,
                        "The rows of one country, without names.",
                        T0.plusSeconds(28)),
                new ReassessmentRequested(ACTION_ID, requested(), review(Review.Verb.EDIT), T0.plusSeconds(29)),
                new NobodyReached(ACTION_ID, T0.plus(Duration.ofMinutes(30)), T0.plusSeconds(310)),
                new GlassBroken(
                        ACTION_ID,
                        AGENT,
                        review(Review.Verb.BREAK_GLASS),
                        List.of(OWNER),
                        new Slot("security", 2),
                        T0.plusSeconds(86_400),
                        T0.plusSeconds(60)),
                new GlassSigned(ACTION_ID, review(Review.Verb.SIGN), 1, T0.plusSeconds(7_200)),
                new GlassOverdue(ACTION_ID, OWNER, 1, T0.plusSeconds(86_400), T0.plusSeconds(86_401)),
                allowed(),
                new DecisionRevoked(
                        ACTION_ID,
                        GRANT_ID,
                        true,
                        review(Review.Verb.REVOKE),
                        "Revoked by a person in data-governance: the ticket was closed. Run nothing.",
                        T0.plusSeconds(65),
                        STATEMENT),
                new GrantRedeemed(ACTION_ID, GRANT_ID, AGENT, DIGEST, T0.plusSeconds(70)),
                new GrantMisused(
                        ACTION_ID,
                        GRANT_ID,
                        "etl-agent",
                        DIGEST,
                        GrantMisused.Cause.ALREADY_REDEEMED,
                        "This grant was redeemed before; ask again.",
                        T0.plusSeconds(80)),
                new ActionExecuted(
                        ACTION_ID,
                        GRANT_ID,
                        AGENT,
                        true,
                        ActionExecuted.Result.SUCCEEDED,
                        "48210 rows written",
                        T0.plusSeconds(75)),
                new RunOverdue(ACTION_ID, GRANT_ID, AGENT, true, T0.plusSeconds(70), T0.plusSeconds(3_670)),
                new Notified(
                        ACTION_ID,
                        new EventId("evt_1"),
                        "approval.required",
                        "webhook",
                        "data-governance",
                        2,
                        T0.plusSeconds(3)),
                new NotificationFailed(
                        ACTION_ID,
                        new EventId("evt_1"),
                        "approval.required",
                        "webhook",
                        "oncall",
                        8,
                        "503 from https://hooks.example.com/obstat",
                        T0.plusSeconds(300)),
                new CardUpdated(ACTION_ID, new EventId("evt_1"), "slack", "C0DATA", T0.plusSeconds(61)),
                new PolicySetActivated("starter", POLICY_SET, List.of("prod-data-export", "read-only"), T0))) {
            events.put(EventType.of(event).wireName(), envelope(event));
        }
        events.put(EventType.DECISION.wireName() + "-denied", envelope(denied()));
        return events;
    }

    public static Envelope<?> event(EventType type) {
        return Objects.requireNonNull(events().get(type.wireName()), type.wireName());
    }

    public static <E extends Event> Envelope<E> envelope(E event) {
        EventType type = EventType.of(event);
        return new Envelope<>(
                EventId.derive(type.wireName(), ACTION_ID.value()),
                Topics.of(type).writer(),
                T0,
                TRACE,
                event);
    }
}
