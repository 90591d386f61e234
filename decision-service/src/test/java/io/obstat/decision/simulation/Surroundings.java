package io.obstat.decision.simulation;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Circumstances.Load;
import io.obstat.decision.Circumstances.PolicyInForce;
import io.obstat.decision.Command;
import io.obstat.decision.Examples;
import io.obstat.decision.Roster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What holds outside the action: the directory, the policy in force, what else people are asked. It changes while commands are under way. */
final class Surroundings {

    static final ActionId OTHER = ActionId.derive(Examples.AGENT, "the same again");
    static final List<String> POLICIES =
            List.of("sha256:" + "1".repeat(64), "sha256:" + "2".repeat(64), "sha256:" + "3".repeat(64));

    private final Random random;
    private final boolean contested;
    private final List<Tie> ties = new ArrayList<>();
    private final Set<String> logins = new HashSet<>();
    private final List<String> subjects = new ArrayList<>();
    private List<Tie> snapshot = List.of();
    private @Nullable Roster roster;
    private @Nullable PolicyInForce policy;

    Surroundings(Random random, ActionRequested request, boolean contested, Instant start) {
        this.random = random;
        this.contested = contested;
        for (int i = 0; i < Login.MEMBERS; i++) {
            String member = "m" + i;
            ties.add(Tie.always(Tie.Kind.KEY, member, "OIDC p" + i));
            ties.add(Tie.always(Tie.Kind.KEY, member, "SLACK T1/U" + i));
            if (random.nextInt(3) > 0) {
                ties.add(Tie.always(Tie.Kind.KEY, member, "EMAIL " + Login.mail(random, i)));
            }
            if (random.nextInt(3) > 0) {
                ties.add(Tie.always(Tie.Kind.KEY, member, "ENTRA X/E" + i));
            }
            int first = contested ? 0 : random.nextInt(Login.GROUPS.size());
            for (int group = 0; group < Login.GROUPS.size(); group++) {
                if (group == first || random.nextInt(3) == 0) {
                    ties.add(Tie.always(Tie.Kind.IN, member, Login.GROUPS.get(group)));
                }
            }
        }
        String delegate = member();
        for (int i = random.nextInt(4); i > 0; i--) {
            // Often one person stands for several.
            delegate = random.nextInt(3) == 0 ? member() : delegate;
            Instant since = start.plusSeconds(random.nextInt(600) - 300);
            ties.add(Tie.of(Tie.Kind.STANDS_FOR, delegate, member(), since, since.plusSeconds(random.nextInt(1_500))));
        }
        if (random.nextInt(3) == 0) {
            ties.add(Tie.always(Tie.Kind.OWNS, member(), random.nextBoolean() ? "etl-agent" : "other-agent"));
        }
        own(request.verified());
        if (random.nextInt(5) > 0) {
            policy = new PolicyInForce(POLICIES.getFirst(), start.minusSeconds(3_600), Set.of());
        }
    }

    private void own(Verified verified) {
        String agent = verified.agent().value();
        ties.add(Tie.always(Tie.Kind.OWNS, "owner of the request", agent));
        ties.addAll(Login.keys("owner of the request", verified.owner()));
        if (verified.onBehalfOf() != null) {
            ties.add(Tie.always(Tie.Kind.OWNS, "sender of the request", agent));
            ties.addAll(Login.keys("sender of the request", verified.onBehalfOf()));
        }
    }

    private String member() {
        return "m" + random.nextInt(Login.MEMBERS);
    }

    /** Somebody shows up. */
    void meet(Login login) {
        if (logins.add(login.id())) {
            ties.addAll(login.ties(ties));
            subjects.add(login.reviewer().person().subject().toLowerCase(Locale.ROOT));
            snapshot = List.of();
        }
    }

    /** Somebody has edited the action. */
    void edited(Login login, Instant now) {
        ties.add(Tie.of(Tie.Kind.EDITED, login.id(), Examples.AGENT.value(), now, Tie.NEVER));
        snapshot = List.of();
    }

    /** Something changes in the directory, for somebody or other, who may turn out to be a third. Says what. */
    String change(Instant now, @Nullable String whom, @Nullable String alias) {
        String member = whom == null ? member() : whom;
        int other = alias == null ? random.nextInt(Login.MEMBERS) : alias.charAt(1) - '0';
        return switch (contested && random.nextBoolean() ? 4 : random.nextInt(10)) {
            case 0, 1 -> end(now, tie -> tie.kind() == Tie.Kind.IN && tie.from().equals(member));
            case 2 -> begin(Tie.Kind.IN, member, Login.GROUPS.get(random.nextInt(Login.GROUPS.size())), now);
            case 3 -> begin(Tie.Kind.LEFT, member, "", now);
            case 4 -> begin(Tie.Kind.KEY, member, "EMAIL " + Login.mail(random, other), now);
            case 5 -> begin(Tie.Kind.KEY, member, "EMAIL x" + random.nextInt(4), now);
            case 6 -> begin(Tie.Kind.OWNS, member, Examples.AGENT.value(), now);
            case 7 -> begin(Tie.Kind.STANDS_FOR, member, member(), now);
            case 8 -> take(member, now);
            default ->
                random.nextBoolean()
                        ? begin(Tie.Kind.SUSPENDED, Examples.AGENT.value(), "", now)
                        : end(now, tie -> tie.kind() == Tie.Kind.SUSPENDED || tie.kind() == Tie.Kind.LEFT);
        };
    }

    /** Another policy set comes into force. */
    String activate(Instant now) {
        String set = POLICIES.get(random.nextInt(POLICIES.size()));
        Set<String> replaced = new HashSet<>();
        if (policy != null) {
            replaced.addAll(policy.replaced());
            replaced.add(policy.digest());
            replaced.remove(set);
        }
        policy = new PolicyInForce(set, now, replaced);
        return "policy " + policy.digest().substring(7, 9) + " comes into force";
    }

    Circumstances at(Instant now, Command command) {
        return new Circumstances(now, roster(now), policy, load(now, command));
    }

    @Nullable
    PolicyInForce policy() {
        return policy;
    }

    /** When a delegation begins or ends. */
    List<Instant> turns() {
        return ties.stream()
                .filter(tie -> tie.kind() == Tie.Kind.STANDS_FOR)
                .flatMap(tie -> Stream.of(tie.since(), tie.until()))
                .filter(turn -> turn.isBefore(Tie.NEVER))
                .toList();
    }

    /** Everything that is so or was. */
    List<Tie> ties() {
        if (snapshot.isEmpty()) {
            snapshot = List.copyOf(ties);
        }
        return snapshot;
    }

    private Load load(Instant now, Command command) {
        return switch (command) {
            case Command.Open open ->
                new Load(
                        random.nextInt(8) == 0 ? 1 + random.nextInt(4) : 0,
                        random.nextInt(25) == 0 ? OTHER : null,
                        random.nextInt(6) == 0 ? now.minusSeconds(random.nextInt(3) * 60L) : null,
                        // One of those who have shown up before policy spoke, perhaps.
                        subjects.isEmpty() || random.nextInt(3) > 0
                                ? Set.of()
                                : Set.of(subjects.get(random.nextInt(subjects.size()))));
            case Command.Submit submit
            when submit.review().verb() == Verb.BREAK_GLASS && random.nextInt(5) == 0 ->
                new Load(
                        0,
                        null,
                        null,
                        Set.of(submit.review().reviewer().person().subject().toLowerCase(Locale.ROOT)));
            default -> Load.NONE;
        };
    }

    private Roster roster(Instant now) {
        if (roster == null) {
            roster = Directory.roster(ties, now);
        }
        return roster;
    }

    private String begin(Tie.Kind kind, String from, String to, Instant now) {
        Tie tie = Tie.of(kind, from, to, now, Tie.NEVER);
        ties.add(tie);
        changed();
        return tie.toString();
    }

    /** One of their keys is taken from a member: whoever shows up by it is known as them no longer. */
    private String take(String member, Instant now) {
        List<Tie> keys = ties.stream()
                .filter(tie -> tie.is(Tie.Kind.KEY, now) && tie.from().equals(member))
                .toList();
        Tie key = keys.get(random.nextInt(keys.size()));
        Set<String> holders = ties.stream()
                .filter(tie ->
                        tie.kind() == Tie.Kind.KEY && tie.to().equals(key.to()) && !Directory.isMember(tie.from()))
                .map(Tie::from)
                .collect(Collectors.toSet());
        if (!key.to().startsWith("EMAIL")) {
            for (Tie tie : List.copyOf(ties)) {
                if (tie.is(Tie.Kind.KNOWN_AS, now) && tie.to().equals(member) && holders.contains(tie.from())) {
                    ties.remove(tie);
                    ties.add(tie.endsAt(now));
                    ties.add(Tie.of(Tie.Kind.LEFT, tie.from(), "", now, Tie.NEVER));
                }
            }
        }
        Tie taken = key.takenAt(now);
        ties.add(taken);
        changed();
        return taken.toString();
    }

    private String end(Instant now, java.util.function.Predicate<Tie> which) {
        for (int i = 0; i < ties.size(); i++) {
            Tie tie = ties.get(i);
            if (tie.holds(now) && which.test(tie)) {
                ties.set(i, tie.endsAt(now));
                changed();
                return "no longer: " + tie;
            }
        }
        return "nothing changes";
    }

    private void changed() {
        roster = null;
        snapshot = List.of();
    }
}
