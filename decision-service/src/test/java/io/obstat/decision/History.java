package io.obstat.decision;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What may happen to one action: commands in an order that a network, a crash and people can bring about, repeats among them. The same seed
 * gives the same history.
 */
record History(long seed, Verdict verdict, List<Command> commands) {

    static final Duration GRANT_LIFETIME = Duration.ofMinutes(15);

    private static final List<String> GROUPS = List.of("data-governance", "oncall", "platform");
    private static final Instant START = Examples.NOON;

    /** Few people under several keys each, so that owners, delegates and aliases meet often. */
    private static final List<Person> PEOPLE = List.of(
            new Person("owner", "owner@example.com"),
            new Person("OWNER@example.com", null),
            new Person("slack-u7", "Owner@Example.com"),
            new Person("boss", "boss@example.com"),
            new Person("entra-9", "boss@example.com"),
            new Person("ann", "ann@example.com"),
            new Person("ann@example.com", "ann.other@example.com"),
            new Person("ben", null),
            new Person("cleo", "cleo@example.com"),
            new Person("etl-agent", null));

    /** Computing a digest is most of the work, so the requests are made once. */
    private static final List<ActionRequested> REQUESTS = requests();

    static History of(long seed) {
        var random = new Random(seed);
        Verdict verdict = verdict(random);
        var commands = new ArrayList<Command>();
        Instant now = START;
        int length = 3 + random.nextInt(14);
        for (int i = 0; i < length; i++) {
            now = now.plusSeconds(random.nextInt(8) == 0 ? random.nextInt(3_000) : random.nextInt(60));
            commands.add(
                    !commands.isEmpty() && random.nextInt(5) == 0
                            ? again(commands.get(random.nextInt(commands.size())), now)
                            : command(random, verdict, i, now));
        }
        return new History(seed, verdict, List.copyOf(commands));
    }

    private static List<ActionRequested> requests() {
        var requests = new ArrayList<ActionRequested>();
        for (Person owner : PEOPLE.subList(0, 3)) {
            for (int seconds = 0; seconds <= 1_800; seconds += 200) {
                Instant deadline = seconds % 600 == 200 ? START.plusSeconds(seconds) : null;
                Person onBehalfOf = seconds % 600 == 400 ? PEOPLE.get(3 + seconds % 400 / 200) : null;
                requests.add(Examples.request("key", Examples.AGENT, owner, onBehalfOf, START, deadline));
            }
            requests.add(Examples.request("key", Examples.AGENT, owner, PEOPLE.get(4), START, START.plusSeconds(900)));
        }
        return List.copyOf(requests);
    }

    private static Verdict verdict(Random random) {
        ActionRequested request = REQUESTS.get(random.nextInt(REQUESTS.size()));
        return switch (random.nextInt(8)) {
            case 0 -> Examples.allowed(request);
            case 1 -> Examples.denied(request);
            default -> Examples.required(request, Duration.ofSeconds(60 + random.nextInt(3_600)), slots(random));
        };
    }

    private static Slot[] slots(Random random) {
        var slots = new Slot[1 + random.nextInt(2)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(GROUPS.get(random.nextInt(GROUPS.size())), 1 + random.nextInt(2));
        }
        return slots;
    }

    private static Command command(Random random, Verdict verdict, int number, Instant now) {
        ActionRequested request = verdict.request();
        return switch (random.nextInt(number == 0 ? 6 : 20)) {
            case 0, 1, 2, 3 -> new Command.Open(verdict, Circumstances.at(now));
            case 4 -> new Command.Tick(Circumstances.at(now));
            case 5 -> withdraw(random, request, now);
            case 6, 7, 8 ->
                new Command.Redeem(
                        GrantId.of(request.actionId()),
                        agent(random).value(),
                        digest(random, request),
                        Circumstances.at(now));
            case 9 ->
                new Command.Report(
                        GrantId.of(request.actionId()),
                        agent(random),
                        random.nextBoolean() ? ActionExecuted.Result.SUCCEEDED : ActionExecuted.Result.FAILED,
                        null,
                        Circumstances.at(now));
            default -> new Command.Submit(review(random, verdict, number, now), Circumstances.at(now));
        };
    }

    private static Command withdraw(Random random, ActionRequested request, Instant now) {
        var withdrawal = new ActionWithdrawn(request.actionId(), agent(random), "no longer needed", now);
        return random.nextInt(3) == 0
                ? new Command.Withdraw(withdrawal, Circumstances.at(now))
                : new Command.Tick(Circumstances.at(now));
    }

    private static Review review(Random random, Verdict verdict, int number, Instant now) {
        Review.Verb verb = random.nextInt(12) == 0 ? Review.Verb.REJECT : Review.Verb.APPROVE;
        Person person = PEOPLE.get(random.nextInt(PEOPLE.size()));
        var groups = new ArrayList<String>();
        GROUPS.stream().filter(group -> random.nextInt(3) > 0).forEach(groups::add);
        if (random.nextInt(15) == 0) {
            groups.add("agents");
        }
        return Examples.review("review " + number, digest(random, verdict.request()), verb, person, groups, now);
    }

    private static AgentId agent(Random random) {
        return random.nextInt(6) == 0 ? new AgentId("other-agent") : Examples.AGENT;
    }

    private static ActionDigest digest(Random random, ActionRequested request) {
        return random.nextInt(8) == 0 ? Examples.otherDigest() : request.digest();
    }

    /** The same command, delivered once more. */
    private static Command again(Command command, Instant now) {
        return switch (command) {
            case Command.Open open -> new Command.Open(open.verdict(), Circumstances.at(now));
            case Command.Submit submit -> new Command.Submit(submit.review(), Circumstances.at(now));
            case Command.Withdraw withdraw -> new Command.Withdraw(withdraw.withdrawal(), Circumstances.at(now));
            case Command.Tick tick -> new Command.Tick(Circumstances.at(now));
            case Command.Redeem redeem ->
                new Command.Redeem(redeem.grant(), redeem.presenter(), redeem.presented(), Circumstances.at(now));
            case Command.Report report ->
                new Command.Report(
                        report.grant(), report.agent(), report.result(), report.summary(), Circumstances.at(now));
            case Command.Reply reply -> throw new IllegalStateException("none is generated");
            case Command.Deliver deliver -> throw new IllegalStateException("none is generated");
            case Command.GiveBack giveBack -> throw new IllegalStateException("none is generated");
        };
    }

    Requirement requirement() {
        return verdict instanceof io.obstat.contracts.event.ApprovalRequired required
                ? required.requirement()
                : new Requirement(List.of(new Slot("nobody", 1)), Duration.ofSeconds(1));
    }
}
