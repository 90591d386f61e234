package io.obstat.decision;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.EventId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Notification;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.Circumstances.Load;
import io.obstat.decision.Circumstances.PolicyInForce;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A scenario as it is played: who is who and what policy is in force by now, and the commands that its steps are. */
final class Story {

    private static final String SET = "sha256:" + "0".repeat(64);

    private final Scenario.Given given;
    private final Map<String, Scenario.Known> people;
    private Scenario.@Nullable Requires requires;
    private ActionRequested request;
    private String policySet = SET;
    private @Nullable PolicyInForce policy;

    Story(Scenario.Given given) {
        this.given = given;
        this.requires = given.needs() == null ? null : new Scenario.Requires(given.needs(), given.extras());
        this.people = new TreeMap<>(given.people() == null ? Map.of() : given.people());
        Instant deadline = given.deadline() == null ? null : Examples.NOON.plus(given.deadline());
        Person sender = given.onBehalfOf() == null ? null : person(given.onBehalfOf());
        this.request = Examples.request("story", Examples.AGENT, Examples.OWNER, sender, Examples.NOON, deadline);
    }

    /** What this step does to the approval; empty when it changes what is around it. */
    Optional<Command> command(Scenario.Step step) {
        Instant now = Examples.NOON.plus(step.at());
        if (step.deed() == Scenario.Deed.POLICY_CHANGES) {
            policySet = "sha256:" + "1".repeat(64);
            policy = new PolicyInForce(policySet, now, Set.of(SET));
            return Optional.empty();
        }
        if (step.deed() == Scenario.Deed.DIRECTORY_CHANGES) {
            people.putAll(Objects.requireNonNull(step.directory()));
            return Optional.empty();
        }
        return Optional.of(command(step, circumstances(step, now)));
    }

    /** What the story learns from what came to pass. */
    void hear(Fact fact) {
        if (fact.event() instanceof ReassessmentRequested asked) {
            request = asked.request();
        }
    }

    private Command command(Scenario.Step step, Circumstances at) {
        GrantId grant = GrantId.of(request.actionId());
        return switch (step.deed()) {
            case OPEN -> new Command.Open(verdict(given.verdict(), policySet, Examples.NOON), at);
            case OLD_POLICY_SPEAKS -> new Command.Open(verdict(Objects.requireNonNull(step.says()), SET, at.now()), at);
            case POLICY_SPEAKS -> {
                requires = step.requires() == null ? requires : step.requires();
                yield new Command.Open(verdict(Objects.requireNonNull(step.says()), policySet, at.now()), at);
            }
            case REVIEW -> new Command.Submit(review(Objects.requireNonNull(step.review()), at.now()), at);
            case REPLY -> new Command.Reply(ReviewId.derive("question"), Examples.AGENT, "for the audit", at);
            case WITHDRAW ->
                new Command.Withdraw(
                        new ActionWithdrawn(request.actionId(), withdrawer(step), "no longer needed", at.now()), at);
            case TICK -> new Command.Tick(at);
            case DELIVER -> new Command.Deliver(notification(step, at.now()), at);
            case REDEEM -> redeem(grant, step.redemption(), at);
            case GIVE_BACK -> new Command.GiveBack(grant, Examples.AGENT, at);
            case REPORT ->
                new Command.Report(
                        grant,
                        Examples.AGENT,
                        step.result() == null ? ActionExecuted.Result.SUCCEEDED : step.result(),
                        null,
                        at);
            case POLICY_CHANGES, DIRECTORY_CHANGES -> throw new IllegalStateException("no command");
        };
    }

    private Notification notification(Scenario.Step step, Instant at) {
        String kind = step.kind() == null ? "approval.required" : step.kind();
        var about = new EventId("cause");
        return Objects.requireNonNull(step.reached())
                ? new Notified(request.actionId(), about, kind, "webhook", "ops", 1, at)
                : new NotificationFailed(request.actionId(), about, kind, "webhook", "ops", 1, "404", at);
    }

    private static AgentId withdrawer(Scenario.Step step) {
        return step.by() == null ? Examples.AGENT : new AgentId(step.by());
    }

    private Command redeem(GrantId grant, Scenario.@Nullable Redemption redemption, Circumstances at) {
        String by = redemption == null ? null : redemption.by();
        boolean same = redemption == null || !redemption.ofAnotherAction();
        return new Command.Redeem(
                grant, by == null ? Examples.AGENT.value() : by, same ? request.digest() : Examples.otherDigest(), at);
    }

    private Verdict verdict(String says, String set, Instant at) {
        var assessment = new Assessment(
                "Export customer data from production",
                Risk.HIGH,
                List.of(),
                "Exports of customer data need people",
                set,
                at);
        return switch (says) {
            case "required" -> new ApprovalRequired(request, assessment, requirement());
            case "allowed" -> new AutoAllowed(request, assessment);
            case "denied" -> new AutoDenied(request, assessment, "Export a sample of 100 rows", Duration.ofHours(1));
            default -> throw new IllegalArgumentException("a verdict is required, allowed or denied, not " + says);
        };
    }

    private Requirement requirement() {
        List<Requirement.Slot> needs = Objects.requireNonNull(requires).needs();
        Duration within = Objects.requireNonNull(given.within());
        Scenario.Extras extras = requires.extras();
        return extras == null
                ? new Requirement(needs, within)
                : new Requirement(
                        needs,
                        within,
                        extras.rejections() == null ? 1 : extras.rejections(),
                        extras.assurance(),
                        orNone(extras.reasonFor()),
                        orNone(extras.reminders()),
                        orNone(extras.escalations()),
                        extras.breakGlass(),
                        extras.limits());
    }

    private Review review(Scenario.Review review, Instant now) {
        String via = review.via();
        Identification identified = review.identified() != null
                ? review.identified()
                : via == null ? Identification.BEARER_TOKEN : Identification.CHAT;
        var reviewer = new Reviewer(
                person(review.by()), orNone(review.in()), identified, via == null ? "https://issuer.example.com" : via);
        ActionDigest digest = review.ofAnotherVersion() ? Examples.otherDigest() : request.digest();
        boolean needsReason = review.verb().needsReason() && review.reason() == null;
        return new Review(
                ReviewId.derive(review.verb() == Verb.ASK ? "question" : review.id()),
                digest,
                reviewer,
                review.verb(),
                needsReason ? "not this quarter" : review.reason(),
                review.to() == null
                        ? null
                        : Parameters.of(JsonNodeFactory.instance.objectNode().put("where", review.to())),
                now);
    }

    private static Person person(Scenario.Who who) {
        return new Person(who.subject(), who.email());
    }

    private Circumstances circumstances(Scenario.Step step, Instant now) {
        Scenario.Load load = step.load();
        return new Circumstances(
                now,
                roster(),
                policy,
                load == null
                        ? Load.NONE
                        : new Load(
                                load.pending(),
                                load.identical() ? ActionId.derive(Examples.AGENT, "the same") : null,
                                load.rejected() == null ? null : now.minus(load.rejected()),
                                Set.copyOf(orNone(load.overdue()))));
    }

    private Roster roster() {
        return new Roster(
                people.entrySet().stream()
                        .map(known -> member(known.getKey(), known.getValue()))
                        .toList(),
                orNone(given.delegations()).stream()
                        .map(each -> new Roster.Delegation(
                                each.from(),
                                each.to(),
                                Examples.NOON.plus(each.since()),
                                Examples.NOON.plus(each.until())))
                        .toList(),
                List.of(new Roster.Agent(
                        new AgentId("etl-agent"), Set.copyOf(orNone(given.owners())), Set.of(), false)));
    }

    private static Member member(String id, Scenario.Known known) {
        var identities = new HashSet<Identity>();
        identities.add(new Identity(Channel.OIDC, id));
        orNone(known.also()).forEach(key -> {
            String[] parts = key.split(" ", 2);
            identities.add(new Identity(Channel.valueOf(parts[0]), parts[1]));
        });
        return new Member(id, identities, Set.copyOf(orNone(known.groups())), !known.left());
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
