package io.obstat.decision.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Ties to be looked up. Does not know what they mean. */
final class Ties {

    private final Map<String, List<Tie>> byWhose;
    private final Map<Object, Set<String>> remembered;

    private Ties(Map<String, List<Tie>> byWhose, Map<Object, Set<String>> remembered) {
        this.byWhose = byWhose;
        this.remembered = remembered;
    }

    static Ties of(List<Tie> ties) {
        var byWhose = new LinkedHashMap<String, List<Tie>>();
        ties.forEach(tie ->
                byWhose.computeIfAbsent(tie.from(), whose -> new ArrayList<>()).add(tie));
        return new Ties(byWhose, new HashMap<>());
    }

    /** These and more of somebody's, who is not among them. */
    Ties and(String whose, List<Tie> more) {
        var both = new LinkedHashMap<>(byWhose);
        both.putIfAbsent(whose, more);
        return new Ties(both, remembered);
    }

    /** Where somebody's ties of this kind lead at this moment, in alphabetical order. */
    List<String> to(Tie.Kind kind, String from, Instant at) {
        var to = new ArrayList<String>();
        for (Tie tie : byWhose.getOrDefault(from, List.of())) {
            if (tie.is(kind, at)) {
                to.add(tie.to());
            }
        }
        to.sort(null);
        return to;
    }

    /** Everybody's of this kind at this moment. */
    List<Tie> all(Tie.Kind kind, Instant at) {
        var all = new ArrayList<Tie>();
        for (List<Tie> ties : byWhose.values()) {
            for (Tie tie : ties) {
                if (tie.is(kind, at)) {
                    all.add(tie);
                }
            }
        }
        return all;
    }

    /** Computes this once. */
    Set<String> once(Object what, Supplier<Set<String>> computation) {
        Set<String> known = remembered.get(what);
        if (known == null) {
            known = computation.get();
            remembered.put(what, known);
        }
        return known;
    }
}
