package io.obstat.notifier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.Risk;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionExecuted.Result;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there was to tell of one action, each a second after the one before. */
final class Story {

    static final AgentId AGENT = new AgentId("etl-agent");
    static final Person OWNER = new Person("owner", "owner@example.com");
    static final Person REQUESTER = new Person("requester", "requester@example.com");
    static final Slot SLOT = new Slot("data-governance", 2);
    static final Requirement USUAL = requirement(null, List.of(), List.of());
    static final Requirement ESCALATING =
            requirement(null, List.of(), List.of(new Escalation("managers", null), new Escalation("directors", null)));

    private final String key;
    private int told;

    Story(String key) {
        this.key = key;
    }

    static Requirement requirement(
            @Nullable Identification assurance, List<Verb> reasonFor, List<Escalation> escalations) {
        return new Requirement(
                List.of(SLOT), Duration.ofMinutes(30), 1, assurance, reasonFor, List.of(), escalations, null, null);
    }

    /** The moment of what is told next. */
    Instant now() {
        return Samples.NOW.plusSeconds(told);
    }

    private Notice.Subject subject() {
        Instant at = now();
        told++;
        return new Notice.Subject(
                Samples.action(key),
                Samples.action(key).shortForm(),
                EventId.derive("story", key, Integer.toString(told)),
                at,
                Samples.INBOX);
    }

    static Parameters where(String where) {
        return Parameters.of(JsonNodeFactory.instance.objectNode().put("where", where));
    }

    static Action action(String resource, Parameters parameters) {
        return new Action(new ActionType("data.export"), resource, "production", parameters);
    }

    static ActionDigest digest(String where) {
        return ActionDigest.of(AGENT, REQUESTER, action("postgres://prod/customers", where(where)));
    }

    Notice.Wanted wanted(String where, Requirement requirement) {
        return wanted(action("postgres://prod/customers", where(where)), "quarterly churn analysis", requirement);
    }

    Notice.Wanted wanted(Action action, String intent, Requirement requirement) {
        var facts = new Notice.Facts(
                ActionDigest.of(AGENT, REQUESTER, action),
                action,
                new Verified(AGENT, OWNER, REQUESTER, Verified.Method.OIDC, "https://issuer.example.com"),
                new Claimed(intent, null, null, List.of(), null));
        Notice.Subject subject = subject();
        var assessment = new Assessment(
                "Export customer data from production",
                Risk.HIGH,
                List.of(new Assessment.MatchedRule(
                        "prod-data-export", Assessment.Effect.REQUIRE, "exports of customer data need people")),
                "prod-data-export asked for it",
                "sha256:policy",
                subject.at());
        return new Notice.Wanted(
                subject, facts, assessment, requirement, subject.at().plusSeconds(1_800));
    }

    Notice.Opened opened(String where, Requirement requirement) {
        return new Notice.Opened(subject(), digest(where), requirement, Samples.NOW.plusSeconds(1_800));
    }

    Review review(String who, Verb verb, @Nullable String reason) {
        return new Review(
                ReviewId.derive(key, who, verb.name(), Integer.toString(told)),
                digest("a"),
                new Reviewer(
                        new Person(who, who + "@example.com"),
                        List.of("data-governance"),
                        Identification.CHAT,
                        "slack:T0OBSTAT"),
                verb,
                reason,
                now());
    }

    Notice.Reviewed approved(String who, int filled) {
        Review review = review(who, Verb.APPROVE, null);
        return new Notice.Reviewed(subject(), review, null, List.of(new SlotProgress(SLOT, filled)));
    }

    Notice.Claim claimed(String who) {
        Review review = review(who, Verb.CLAIM, null);
        return new Notice.Claim(subject(), review);
    }

    Notice.Released released(String who) {
        Review review = review(who, Verb.RELEASE, null);
        return new Notice.Released(subject(), review);
    }

    Notice.Reminded reminded(int filled) {
        return new Notice.Reminded(subject(), 1, List.of(new SlotProgress(SLOT, filled)));
    }

    Notice.Escalated escalated(String group, @Nullable String who) {
        Review review = who == null ? null : review(who, Verb.ESCALATE, "I am not sure");
        return new Notice.Escalated(subject(), group, review);
    }

    Notice.Unreached unreached() {
        return new Notice.Unreached(subject(), Samples.NOW.plusSeconds(1_800));
    }

    Notice.Asked asked(String who, String question) {
        Review review = review(who, Verb.ASK, question);
        return new Notice.Asked(subject(), review);
    }

    Notice.Answered answered(Notice.Asked asked, String answer) {
        return new Notice.Answered(subject(), asked.review().id(), AGENT, new Notice.Answer(answer));
    }

    Notice.Decided decided(Outcome outcome, DecidedBy by, Review... reviews) {
        var ending = new Notice.Ending(outcome, by, "Two of data-governance said so.", null, null);
        return new Notice.Decided(subject(), digest("a"), AGENT, ending, List.of(reviews));
    }

    Notice.Revoked revoked(@Nullable String who) {
        Review review = who == null ? null : review(who, Verb.REVOKE, "the ticket was closed");
        return new Notice.Revoked(subject(), review, "Run nothing.");
    }

    Notice.Broken broken(String who) {
        Review review = review(who, Verb.BREAK_GLASS, "the pager is on fire");
        return new Notice.Broken(
                subject(), AGENT, review, List.of(OWNER), new Slot("security", 2), Samples.NOW.plusSeconds(86_400));
    }

    Notice.Unsigned unsigned(int missing) {
        return new Notice.Unsigned(subject(), OWNER, missing, Samples.NOW.plusSeconds(86_400));
    }

    Notice.Unreported unreported(@Nullable Instant redeemedAt) {
        return new Notice.Unreported(subject(), AGENT, redeemedAt);
    }

    Notice.Executed executed(Result result, @Nullable String summary) {
        return new Notice.Executed(subject(), AGENT, result, summary == null ? null : new Notice.Summary(summary));
    }

    Notice.Turned turned(String who, String authority) {
        var reviewer = new Reviewer(new Person(who, null), List.of(), Identification.CHAT, authority);
        var review = new Review(ReviewId.derive(key, who, "turned"), digest("a"), reviewer, Verb.APPROVE, null, now());
        return new Notice.Turned(subject(), review, "You own etl-agent.");
    }
}
