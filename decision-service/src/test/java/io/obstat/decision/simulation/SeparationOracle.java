package io.obstat.decision.simulation;

import io.obstat.contracts.Review.Verb;
import io.obstat.decision.simulation.Tie.Kind;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who may say what of what {@code agent} asks the {@code asked} groups, by brute force over ties. Shares no code with the core. */
record SeparationOracle(Ties ties, String agent, Set<String> asked) {
    /** In whose stead somebody may: their own, or that of each member for whom they stand; none when they may not. */
    List<String> steads(String who, Verb verb, Instant at) {
        boolean alone = verb == Verb.BREAK_GLASS || verb == Verb.SIGN || !Collections.disjoint(groups(who, at), asked);
        List<String> steads = alone ? List.of(who) : ties.to(Kind.STANDS_FOR, member(who, at), at);
        return steads.stream().filter(stead -> counts(who, stead, verb, at)).toList();
    }

    /** Whether what somebody says in this stead counts at this moment. */
    boolean counts(String who, String stead, Verb verb, Instant at) {
        boolean left = !ties.to(Kind.LEFT, who, at).isEmpty()
                || !ties.to(Kind.LEFT, member(who, at), at).isEmpty();
        boolean own = verb != Verb.REVOKE && (isOwn(who, verb, at) || isOwn(stead, verb, at));
        return !left && !isAgent(who, at) && !own && !Collections.disjoint(groups(stead, at), asked);
    }

    boolean isAgent(String who, Instant at) {
        boolean listed = ties.all(Kind.OWNS, at).stream().map(Tie::to).anyMatch(human(who, at)::contains);
        boolean bot = ties.to(Kind.IN, who, at).contains("agents");
        return listed || bot || groups(who, at).contains("agents");
    }

    boolean isOwn(String who, Verb verb, Instant at) {
        var own = new HashSet<>(ties.all(Kind.OWNS, at));
        own.addAll(verb == Verb.REJECT || verb == Verb.REVOKE ? Set.of() : ties.all(Kind.EDITED, at));
        own.removeIf(tie -> !tie.to().equals(agent));
        return own.stream().anyMatch(tie -> !Collections.disjoint(human(who, at), human(tie.from(), at)));
    }

    List<String> groups(String who, Instant at) {
        String member = member(who, at);
        return ties.to(Kind.LEFT, member, at).isEmpty() ? ties.to(Kind.IN, member, at) : List.of();
    }

    /** Whom the directory knows by the key that the channel vouches for; else who shows up, unless it knows them by another: that is nobody. */
    String member(String who, Instant at) {
        boolean own = Directory.isMember(who) || human(who, at).stream().noneMatch(Directory::isMember);
        return ties.to(Kind.KNOWN_AS, who, at).stream().findFirst().orElse(own ? who : "nobody");
    }

    /** Somebody, their keys, and every member who shares one. */
    Set<String> human(String who, Instant at) {
        return ties.once(List.of(who, at), () -> {
            var same = new HashSet<>(Set.of(who));
            while (ties.all(Kind.KEY, at).stream().anyMatch(tie -> tie.isKnown(who) && tie.joins(same))) {}
            return same;
        });
    }
}
