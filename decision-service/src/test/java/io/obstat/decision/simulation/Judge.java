package io.obstat.decision.simulation;

import io.obstat.contracts.Review.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Asks the oracle about one history and remembers what it said: brute force is slow, and between two turns nothing changes. */
final class Judge {

    private final String agent;
    private final Ties common;
    private final Map<String, List<Tie>> ofLogins = new HashMap<>();
    private final NavigableSet<Instant> turns = new TreeSet<>();
    private final Map<Question, Object> answers = new HashMap<>();

    Judge(List<Tie> ties, String agent) {
        this.agent = agent;
        var authors = new HashSet<String>();
        for (Tie tie : ties) {
            if (tie.kind() == Tie.Kind.EDITED) {
                authors.add(tie.from());
            }
        }
        var others = new ArrayList<Tie>();
        for (Tie tie : ties) {
            turns.add(tie.since());
            turns.add(tie.until());
            if (tie.from().startsWith("login") && !authors.contains(tie.from())) {
                ofLogins.computeIfAbsent(tie.from(), login -> new ArrayList<>()).add(tie);
            } else {
                others.add(tie);
            }
        }
        common = Ties.of(others);
    }

    private record Question(String what, String who, String stead, Verb verb, Instant turn, Set<String> asked) {}

    Bench of(Set<String> asked) {
        return new Bench(asked);
    }

    /** The oracle, where these groups are asked. */
    final class Bench {

        private final Set<String> asked;

        private Bench(Set<String> asked) {
            this.asked = asked;
        }

        boolean may(String who, Verb verb, Instant at) {
            return !steads(who, verb, at).isEmpty();
        }

        List<String> steads(String who, Verb verb, Instant at) {
            return ask("steads", who, who, verb, at, oracle -> oracle.steads(who, verb, turn(at)));
        }

        boolean counts(String who, String stead, Verb verb, Instant at) {
            return ask("counts", who, stead, verb, at, oracle -> oracle.counts(who, stead, verb, turn(at)));
        }

        boolean isOwn(String who, Verb verb, Instant at) {
            return ask("own", who, who, verb, at, oracle -> oracle.isOwn(who, verb, turn(at)));
        }

        boolean isAgent(String who, Instant at) {
            return ask("agent", who, who, Verb.APPROVE, at, oracle -> oracle.isAgent(who, turn(at)));
        }

        boolean isAsked(String who, Instant at) {
            return !Collections.disjoint(groups(who, at), asked);
        }

        List<String> groups(String who, Instant at) {
            return ask("groups", who, who, Verb.APPROVE, at, oracle -> oracle.groups(who, turn(at)));
        }

        Set<String> human(String who, Instant at) {
            return ask("human", who, who, Verb.APPROVE, at, oracle -> oracle.human(who, turn(at)));
        }

        @SuppressWarnings("unchecked") // each question has one kind of answer
        private <T> T ask(
                String what, String who, String stead, Verb verb, Instant at, Function<SeparationOracle, T> question) {
            var key = new Question(what, who, stead, verb, turn(at), asked);
            Object answer = answers.get(key);
            if (answer == null) {
                Ties ties = common.and(who, ofLogins.getOrDefault(who, List.of()));
                answer = question.apply(new SeparationOracle(ties, agent, asked));
                answers.put(key, answer);
            }
            return (T) answer;
        }
    }

    /** The moment since which who is who has been as it is at this one. */
    private Instant turn(Instant at) {
        return turns.floor(at);
    }
}
