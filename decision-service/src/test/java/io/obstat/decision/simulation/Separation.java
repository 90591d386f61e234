package io.obstat.decision.simulation;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Circumstances.Load;
import io.obstat.decision.Command;
import io.obstat.decision.Decider;
import io.obstat.decision.FakeNotary;
import io.obstat.decision.RedemptionAnswer;
import io.obstat.decision.ReviewAnswer;
import io.obstat.decision.Roster;
import io.obstat.decision.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares core and oracle over generated identity graphs: aliases, groups, delegations, ownership and departures that begin and end while
 * the action is under way. Asked at the vote, again at the decision, and again at the redemption.
 */
final class Separation {

    private static final String AGENT = "etl-agent";
    private static final Set<String> VOTERS = Set.of("data-governance");
    private static final Requirement REQUIREMENT = new Requirement(
            List.of(new Slot("data-governance", 2)),
            Duration.ofHours(2),
            1,
            null,
            List.of(),
            List.of(),
            List.of(),
            new BreakGlass("oncall", new Slot("security", 1), Duration.ofHours(1)),
            null);
    private static final Verb[] ALONE = {Verb.APPROVE, Verb.REJECT, Verb.CLAIM, Verb.ASK, Verb.BREAK_GLASS};

    private final Decider decider =
            new Decider(new FakeNotary(), new Terms(Simulation.GRANT_LIFETIME, Simulation.REPORT_WITHIN));
    private final Random random;
    private final ActionRequested request;
    private final List<Tie> ties = new ArrayList<>();
    private final Map<Instant, Roster> rosters = new HashMap<>();
    private int reviews;

    private Separation(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        request = Cast.request(random);
    }

    /** The first of these graphs over which the two differ. */
    static Optional<Finding> look(long graphs, Map<String, Integer> seen) {
        for (long seed = 1; seed <= graphs; seed++) {
            var separation = new Separation(seed);
            try {
                separation.compare(seen);
            } catch (Violation violation) {
                return Optional.of(new Finding(
                        violation.invariant(),
                        seed,
                        violation.getMessage(),
                        "graph %d: %s%n%s".formatted(seed, separation.request, separation.ties)));
            }
        }
        return Optional.empty();
    }

    private void compare(Map<String, Integer> seen) {
        draw();
        Login editor = random.nextInt(3) == 0 ? login() : null;
        Login one = login();
        Login other = random.nextInt(4) == 0 ? one : login();
        Login loner = login();
        new LinkedHashSet<>(List.of(one, other, loner, editor == null ? one : editor))
                .forEach(login -> ties.addAll(login.ties(ties)));
        ApprovalState open = open(editor);
        alone(open, loner, ALONE[random.nextInt(ALONE.length)], seen);
        together(open, one, other, seen);
    }

    /** Whether one person is heard. */
    private void alone(ApprovalState open, Login who, Verb verb, Map<String, Integer> seen) {
        Instant at = minute(3);
        var oracle = oracle(verb == Verb.BREAK_GLASS ? Set.of("oncall") : VOTERS);
        boolean may = !oracle.steads(who.id(), verb, at).isEmpty();
        ReviewAnswer answer = decider.submit(open, submit(open, who, verb, at)).answer();
        agree("at the vote", may, !(answer instanceof ReviewAnswer.Refused), seen);
    }

    /** Two people vote, and what they said is judged again when it is decided and when it is used. */
    private void together(ApprovalState open, Login one, Login other, Map<String, Integer> seen) {
        var oracle = oracle(VOTERS);
        Instant first = minute(3);
        Instant second = minute(4);
        Instant use = minute(5);
        Optional<String> stead =
                oracle.steads(one.id(), Verb.APPROVE, first).stream().findFirst();
        var voted = decider.submit(open, submit(open, one, Verb.APPROVE, first));
        agree("at the first vote", stead.isPresent(), voted.answer() instanceof ReviewAnswer.Recorded, seen);

        // What no longer counts keeps nobody from speaking, and a delegate of several speaks for one who has not
        // spoken.
        List<String> steads = oracle.steads(other.id(), Verb.APPROVE, second);
        boolean silent = stead.isEmpty() || !oracle.counts(one.id(), stead.get(), Verb.APPROVE, second);
        Optional<String> otherStead = steads.stream()
                .filter(its -> silent || areDistinct(oracle, second, one.id(), stead.get(), other.id(), its))
                .findFirst();
        var decided = decider.submit(voted.next(), submit(open, other, Verb.APPROVE, second));
        boolean heard = decided.answer() instanceof ReviewAnswer.Recorded;
        agree("at the second vote", otherStead.isPresent(), heard, seen);

        boolean both = heard && stead.isPresent() && oracle.counts(one.id(), stead.get(), Verb.APPROVE, second);
        agree("at the decision", both, decided.next() instanceof Granted, seen);
        if (decided.next() instanceof Granted granted) {
            boolean still = oracle.counts(one.id(), stead.get(), Verb.APPROVE, use)
                    && oracle.counts(other.id(), otherStead.get(), Verb.APPROVE, use)
                    && areDistinct(oracle, use, one.id(), stead.get(), other.id(), otherStead.get());
            var redeemed = decider.redeem(
                    granted,
                    new Command.Redeem(
                            GrantId.of(request.actionId()),
                            AGENT,
                            granted.file().decision().digest(),
                            request.verified().keyThumbprint(),
                            at(use)));
            agree("at the redemption", still, redeemed.answer() instanceof RedemptionAnswer.Redeemed, seen);
        }
    }

    private static boolean areDistinct(
            SeparationOracle oracle, Instant at, String one, String itsStead, String other, String otherStead) {
        var human = new HashSet<>(oracle.human(one, at));
        human.addAll(oracle.human(itsStead, at));
        return Collections.disjoint(human, oracle.human(other, at))
                && Collections.disjoint(human, oracle.human(otherStead, at));
    }

    /** Open, and edited when there is an editor who may. */
    private ApprovalState open(@Nullable Login editor) {
        ApprovalState open = decider.open(
                        ApprovalState.Unopened.empty(), new Command.Open(verdict(request, minute(0)), at(minute(0))))
                .next();
        if (editor == null) {
            return open;
        }
        Instant when = minute(1);
        var edited = decider.submit(open, submit(open, editor, Verb.EDIT, when));
        boolean may = !oracle(VOTERS).steads(editor.id(), Verb.EDIT, when).isEmpty();
        agree("at the edit", may, edited.answer() instanceof ReviewAnswer.Done, new HashMap<>());
        if (!may) {
            return open;
        }
        ties.add(Tie.of(Tie.Kind.EDITED, editor.id(), AGENT, when.plusNanos(1), Tie.NEVER));
        var asked = (ReassessmentRequested) edited.facts().getFirst().event();
        return decider.open(edited.next(), new Command.Open(verdict(asked.request(), minute(2)), at(minute(2))))
                .next();
    }

    private Command.Submit submit(ApprovalState open, Login login, Verb verb, Instant now) {
        var digest = ((ApprovalState.Pending) open).verdict().request().digest();
        Parameters inputs = verb == Verb.EDIT ? Cast.INPUTS.getLast() : null;
        var review = new Review(Cast.REVIEWS.get(reviews++), digest, login.reviewer(), verb, "because", inputs, now);
        return new Command.Submit(review, at(now));
    }

    private static ApprovalRequired verdict(ActionRequested request, Instant at) {
        var assessment = new Assessment("Export", Risk.HIGH, List.of(), "people", Surroundings.POLICIES.getFirst(), at);
        return new ApprovalRequired(request, assessment, REQUIREMENT);
    }

    private Circumstances at(Instant now) {
        Roster roster = rosters.computeIfAbsent(now, moment -> Directory.roster(ties, moment));
        return new Circumstances(now, roster, null, Load.NONE);
    }

    private SeparationOracle oracle(Set<String> asked) {
        return new SeparationOracle(Ties.of(ties), AGENT, asked);
    }

    private Login login() {
        return switch (random.nextInt(16)) {
            case 0 -> Login.bot(random);
            case 1, 2 -> Login.stranger(random);
            default -> Login.member(random, random.nextInt(Login.MEMBERS));
        };
    }

    private static Instant minute(int number) {
        return Cast.START.plusSeconds(60L * number);
    }

    /** Who is who, at first and later. */
    private void draw() {
        // In some graphs nearly everybody is somebody else as well.
        int aliases = random.nextInt(3) == 0 ? 2 : 12;
        for (int i = 0; i < Login.MEMBERS; i++) {
            String member = "m" + i;
            ties.add(Tie.always(Tie.Kind.KEY, member, "OIDC p" + i));
            ties.add(Tie.always(Tie.Kind.KEY, member, "SLACK T1/U" + i));
            tie(3, Tie.Kind.KEY, member, "ENTRA X/E" + i);
            tie(2, Tie.Kind.KEY, member, "EMAIL " + Login.mail(random, i));
            tie(aliases, Tie.Kind.KEY, member, "EMAIL " + Login.mail(random, random.nextInt(Login.MEMBERS)));
            tie(aliases, Tie.Kind.KEY, member, "EMAIL x" + random.nextInt(4));
            tie(1, Tie.Kind.IN, member, "data-governance");
            tie(3, Tie.Kind.IN, member, "oncall");
            tie(3, Tie.Kind.STANDS_FOR, member, "m" + random.nextInt(Login.MEMBERS));
            tie(20, Tie.Kind.OWNS, member, AGENT);
            if (random.nextInt(8) == 0) {
                // Mostly after they have voted.
                ties.add(Tie.of(Tie.Kind.LEFT, member, "", minute(2 + random.nextInt(4)), Tie.NEVER));
            }
            tie(40, Tie.Kind.IN, member, "agents");
        }
        for (Tie tie : List.copyOf(ties)) {
            if (tie.kind() == Tie.Kind.KEY && random.nextInt(8) == 0) {
                ties.add(tie.takenAt(minute(random.nextInt(6)).minusNanos(random.nextInt(2))));
            }
        }
        ties.add(Tie.always(Tie.Kind.OWNS, "owner of the request", AGENT));
        ties.addAll(Login.keys("owner of the request", request.verified().owner()));
        Person sender = request.verified().onBehalfOf();
        if (sender != null) {
            ties.add(Tie.always(Tie.Kind.OWNS, "sender of the request", AGENT));
            ties.addAll(Login.keys("sender of the request", sender));
        }
    }

    /** Once in so many times; half of them not always. */
    private void tie(int oneIn, Tie.Kind kind, String from, String to) {
        if (random.nextInt(oneIn + 1) == 0 || (oneIn == 1 && random.nextBoolean())) {
            boolean always = kind != Tie.Kind.STANDS_FOR && random.nextBoolean();
            Instant since = minute(random.nextInt(6)).minusNanos(random.nextInt(2));
            Instant until = random.nextBoolean() ? Tie.NEVER : minute(1 + random.nextInt(6));
            ties.add(
                    always
                            ? Tie.always(kind, from, to)
                            : Tie.of(kind, from, to, random.nextBoolean() ? Tie.EVER : since, until));
        }
    }

    private static void agree(String when, boolean oracle, boolean core, Map<String, Integer> seen) {
        seen.merge(when + (core ? ": counts" : ": does not"), 1, Integer::sum);
        if (oracle != core) {
            throw new Violation(
                    "SeparationOfDuties", "%s the oracle says %s and the core %s".formatted(when, oracle, core));
        }
    }
}
