package io.obstat.decision.simulation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What histories are made of. Computing digests and ids is much of the work, so what can be is made once. */
final class Cast {

    /** Thumbprints of keys: the agent's, and another's. */
    static final String KEY = "K".repeat(43);

    static final String OTHER_KEY = "O".repeat(43);
    static final Instant START = Examples.NOON;
    static final List<ReviewId> REVIEWS =
            IntStream.range(0, 60).mapToObj(i -> ReviewId.derive("review " + i)).toList();
    static final List<ActionRequested> REQUESTS = requests();
    static final List<Parameters> INPUTS = inputs();

    private Cast() {}

    static ActionRequested request(Random random) {
        return REQUESTS.get(random.nextInt(REQUESTS.size()));
    }

    /** What policy may say of a request. A contested one is for many of one group to decide, and several have to reject it. */
    static Verdict verdict(Random random, ActionRequested request, boolean contested, String policySet, Instant at) {
        var assessment = new Assessment(
                "Export customer data", Risk.HIGH, List.of(), "Exports of customer data need people", policySet, at);
        return switch (contested ? 9 : random.nextInt(10)) {
            case 0 -> new AutoAllowed(request, assessment);
            case 1 ->
                new AutoDenied(request, assessment, random.nextBoolean() ? "a sample" : null, Duration.ofHours(1));
            default -> new ApprovalRequired(request, assessment, contested ? contested(random) : requirement(random));
        };
    }

    private static Requirement requirement(Random random) {
        Duration deadline = Duration.ofSeconds(60 + random.nextInt(3_600));
        var slots = new ArrayList<Slot>();
        for (int i = random.nextInt(4) == 0 ? 3 : 1 + random.nextInt(2); i > 0; i--) {
            slots.add(new Slot(group(random), random.nextInt(3) == 0 ? 2 : 1));
        }
        return new Requirement(
                slots,
                deadline,
                random.nextInt(3) == 0 ? 2 : 1,
                assurance(random),
                random.nextInt(5) == 0 ? List.of(Verb.APPROVE) : List.of(),
                reminders(random, deadline),
                escalations(random, deadline),
                breakGlass(random),
                random.nextInt(3) == 0
                        ? new Limits(1 + random.nextInt(3), random.nextBoolean() ? Duration.ofMinutes(1) : null)
                        : null);
    }

    private static Requirement contested(Random random) {
        return new Requirement(
                List.of(new Slot(Login.GROUPS.getFirst(), 2 + random.nextInt(2))),
                Duration.ofHours(1),
                2 + random.nextInt(2),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
    }

    private static @Nullable Identification assurance(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Identification.WEBAUTHN;
            case 1 -> Identification.OIDC_SESSION;
            case 2 -> Identification.BEARER_TOKEN;
            default -> null;
        };
    }

    private static List<Duration> reminders(Random random, Duration deadline) {
        return switch (random.nextInt(4)) {
            case 0 -> List.of(deadline.dividedBy(2));
            case 1 -> List.of(deadline.dividedBy(4), deadline.dividedBy(3));
            default -> List.of();
        };
    }

    private static List<Escalation> escalations(Random random, Duration deadline) {
        return switch (random.nextInt(6)) {
            case 0, 5 -> List.of(new Escalation(group(random), null));
            case 1 -> List.of(new Escalation(group(random), deadline.dividedBy(3)));
            case 2 ->
                List.of(new Escalation(group(random), null), new Escalation(group(random), deadline.dividedBy(2)));
            default -> List.of();
        };
    }

    private static @Nullable BreakGlass breakGlass(Random random) {
        return random.nextInt(5) < 2
                ? null
                : new BreakGlass(
                        group(random),
                        new Slot(group(random), 1 + random.nextInt(2)),
                        Duration.ofSeconds(300 + random.nextInt(1_200)));
    }

    private static String group(Random random) {
        return Login.GROUPS.get(random.nextInt(Login.GROUPS.size()));
    }

    private static List<ActionRequested> requests() {
        var requests = new ArrayList<ActionRequested>();
        var owners = List.of(
                new Person("p0", "p0@example.com"),
                new Person("P0@example.com", null),
                new Person("E0", null),
                new Person("nobody-here", "p0@example.com"));
        var senders = new Person[] {null, null, new Person("p1", "p1@example.com"), new Person("x1", "P2@example.com")};
        for (Person owner : owners) {
            for (Person sender : senders) {
                for (int seconds : new int[] {0, 0, 300, 900}) {
                    Instant deadline = seconds == 0 ? null : START.plusSeconds(seconds);
                    ActionRequested request = Examples.request("key", Examples.AGENT, owner, sender, START, deadline);
                    requests.add(request);
                    requests.add(bound(request));
                }
            }
        }
        return requests;
    }

    /** The same by an agent that binds its grant to a key. */
    private static ActionRequested bound(ActionRequested request) {
        return new ActionRequested(
                request.actionId(),
                request.digest(),
                request.action(),
                request.verified().boundTo(KEY),
                request.claimed(),
                request.requestedAt(),
                request.deadline());
    }

    /** Inputs to which a reviewer may change those of a request; the first are those that it has. */
    private static List<Parameters> inputs() {
        var inputs = new ArrayList<Parameters>();
        inputs.add(REQUESTS.getFirst().action().parameters());
        for (String where : List.of("country = 'AT'", "country = 'CH'")) {
            inputs.add(Parameters.of(JsonNodeFactory.instance.objectNode().put("where", where)));
        }
        return inputs;
    }
}
