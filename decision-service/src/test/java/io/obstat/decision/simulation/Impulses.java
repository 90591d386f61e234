package io.obstat.decision.simulation;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.event.ActionExecuted.Result;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.Notification;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalState.Decided;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Refused;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Command;
import io.obstat.decision.Course;
import io.obstat.decision.Examples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What somebody does next: mostly what makes sense where the action stands, and sometimes what does not. */
final class Impulses {

    private static final GrantId GRANT = GrantId.of(Cast.REQUESTS.getFirst().actionId());
    private static final GrantId OTHER_GRANT = GrantId.of(Surroundings.OTHER);
    private static final AgentId OTHER_AGENT = new AgentId("other-agent");
    private static final EventId CAUSE = new EventId("cause");
    private static final List<String> KINDS =
            List.of("approval.required", "approval.reminded", "approval.claimed", "approval.unreached");
    private static final Verb[] MOTIONS = {
        Verb.ESCALATE,
        Verb.ESCALATE,
        Verb.ESCALATE,
        Verb.ESCALATE,
        Verb.ESCALATE,
        Verb.CLAIM,
        Verb.CLAIM,
        Verb.RELEASE,
        Verb.ASK,
        Verb.EDIT,
        Verb.EDIT,
        Verb.BREAK_GLASS,
        Verb.BREAK_GLASS,
        Verb.SIGN,
        Verb.REVOKE
    };

    private final Random random;
    private final Verdict first;
    private final boolean contested;
    private final Map<Reviewer, Login> logins;
    private final List<Login> met = new ArrayList<>();
    private int reviews;

    Impulses(Random random, Verdict first, boolean contested, Map<Reviewer, Login> logins) {
        this.random = random;
        this.first = first;
        this.contested = contested;
        this.logins = logins;
    }

    Command next(ApprovalState state, Instant now, List<ReviewId> questions) {
        Circumstances at = Circumstances.at(now);
        int what = random.nextInt(100);
        if (!questions.isEmpty() && random.nextInt(4) == 0) {
            return reply(at, questions);
        }
        return switch (state) {
            case Unopened unopened ->
                what < 60
                        ? new Command.Open(first, at)
                        : what < 85
                                ? submit(state, random.nextInt(4) == 0 ? Verb.BREAK_GLASS : vote(), now)
                                : what < 92 ? withdraw(at) : anything(what, at, questions);
            case Pending pending ->
                what < (contested ? 70 : 55)
                        ? submit(state, vote(), now)
                        : what < 83
                                ? submit(state, MOTIONS[random.nextInt(MOTIONS.length)], now)
                                : anything(what, at, questions);
            case Granted granted ->
                what < 30
                        ? redeem(granted, at)
                        : what < 40
                                ? report(at)
                                : what < (granted.glass() == null ? 45 : 75)
                                        ? submit(state, Verb.SIGN, now)
                                        : what < 82
                                                ? submit(state, random.nextInt(3) == 0 ? vote() : Verb.REVOKE, now)
                                                : anything(what, at, questions);
            case Refused refused ->
                what < 40
                        ? submit(state, random.nextBoolean() ? vote() : Verb.REVOKE, now)
                        : anything(what, at, questions);
        };
    }

    private Command anything(int what, Circumstances at, List<ReviewId> questions) {
        AgentId agent = random.nextInt(8) == 0 ? OTHER_AGENT : Examples.AGENT;
        return switch (what % 10) {
            case 0 -> new Command.Open(first, at);
            case 1 -> withdraw(at);
            case 2, 3 -> new Command.Deliver(notification(at.now()), at);
            case 4, 5, 6 -> questions.isEmpty() ? new Command.Tick(at) : reply(at, questions);
            case 7 -> new Command.GiveBack(grant(), agent, at);
            case 8 -> new Command.Redeem(grant(), agent.value(), first.request().digest(), key(), at);
            default -> new Command.Tick(at);
        };
    }

    private Notification notification(Instant now) {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        return random.nextInt(3) == 0
                ? new Notified(first.actionId(), CAUSE, kind, "webhook", "ops", 1, now)
                : new NotificationFailed(first.actionId(), CAUSE, kind, "webhook", "ops", 1, "404", now);
    }

    private Command reply(Circumstances at, List<ReviewId> questions) {
        return new Command.Reply(
                questions.get(random.nextInt(questions.size())),
                random.nextInt(8) == 0 ? OTHER_AGENT : Examples.AGENT,
                random.nextInt(3) == 0 ? "no" : "yes",
                at);
    }

    private Command withdraw(Circumstances at) {
        AgentId agent = random.nextInt(3) == 0 ? OTHER_AGENT : Examples.AGENT;
        String reason = random.nextBoolean() ? "no longer needed" : null;
        return new Command.Withdraw(new ActionWithdrawn(first.actionId(), agent, reason, at.now()), at);
    }

    private Command redeem(Granted granted, Circumstances at) {
        String presenter = random.nextInt(10) == 0 ? OTHER_AGENT.value() : Examples.AGENT.value();
        ActionDigest digest = switch (random.nextInt(12)) {
            case 0 -> Examples.otherDigest();
            case 1 -> first.request().digest();
            default -> granted.file().decision().digest();
        };
        return new Command.Redeem(grant(), presenter, digest, key(), at);
    }

    private Command report(Circumstances at) {
        return new Command.Report(
                grant(),
                random.nextInt(10) == 0 ? OTHER_AGENT : Examples.AGENT,
                random.nextInt(3) == 0 ? Result.FAILED : Result.SUCCEEDED,
                null,
                at);
    }

    /** Of the key that the presenter has proved to hold. */
    private @Nullable String key() {
        return switch (random.nextInt(10)) {
            case 0 -> Cast.OTHER_KEY;
            case 1 -> null;
            default -> Cast.KEY;
        };
    }

    private GrantId grant() {
        return random.nextInt(20) == 0 ? OTHER_GRANT : GRANT;
    }

    private Verb vote() {
        return random.nextInt(contested ? 3 : 7) == 0 ? Verb.REJECT : Verb.APPROVE;
    }

    private Command submit(ApprovalState state, Verb verb, Instant now) {
        boolean needsReason = verb.needsReason() || random.nextInt(3) > 0;
        Parameters inputs = verb == Verb.EDIT ? Cast.INPUTS.get(random.nextInt(Cast.INPUTS.size())) : null;
        var review = new Review(
                Cast.REVIEWS.get(reviews++ % Cast.REVIEWS.size()),
                digest(state),
                login().reviewer(),
                verb,
                needsReason ? "because" : null,
                inputs,
                now);
        return new Command.Submit(review, random.nextInt(20) > 0, Circumstances.at(now));
    }

    private Login login() {
        if (!met.isEmpty() && random.nextInt(contested ? 2 : 4) == 0) {
            return met.get(random.nextInt(met.size()));
        }
        Login login = switch (random.nextInt(24)) {
            case 0 -> Login.bot(random);
            case 1, 2 -> Login.stranger(random);
            default -> Login.member(random, random.nextInt(Login.MEMBERS));
        };
        met.add(login);
        logins.putIfAbsent(login.reviewer(), login);
        return login;
    }

    private ActionDigest digest(ApprovalState state) {
        return switch (random.nextInt(24)) {
            case 0 -> Examples.otherDigest();
            case 1 -> first.request().digest();
            case 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 -> now(state, true).digest();
            default -> now(state, false).digest();
        };
    }

    /** What is asked, or what will be when policy has spoken. */
    private ActionRequested now(ApprovalState state, boolean awaited) {
        return switch (state) {
            case Unopened unopened -> first.request();
            case Pending pending -> now(pending, awaited ? pending.course().awaited() : null);
            case Decided decided -> decided.file().verdict().request();
        };
    }

    private static ActionRequested now(Pending pending, Course.@Nullable Reassessment awaited) {
        return awaited == null ? pending.verdict().request() : awaited.request();
    }
}
