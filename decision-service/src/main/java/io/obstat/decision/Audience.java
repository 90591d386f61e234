package io.obstat.decision;

import io.obstat.contracts.Person;
import io.obstat.contracts.Verified;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who of the directory is to be told of an action: who is asked, and who waits for it. Nobody is asked about their own.
 *
 * @param people who are asked, or were before it was decided, by their id
 * @param requester whom the agent acts for, or else its owner; empty when the directory does not know them, or as more than one
 */
public record Audience(List<Asked> people, Optional<Member> requester) {

    public Audience {
        people = List.copyOf(people);
    }

    /**
     * Somebody who is asked.
     *
     * @param groups those that are asked and in whose name they have a say, of their own or in somebody's stead; at least one
     */
    public record Asked(Member member, Set<String> groups) {

        public Asked {
            groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
        }
    }

    /** So many of each group, and everybody of a group that has no more; by their id. */
    public List<Asked> someOfEach(int most) {
        var counted = new HashMap<String, Integer>();
        var some = new ArrayList<Asked>();
        for (Asked asked : people) {
            if (asked.groups().stream().anyMatch(group -> counted.getOrDefault(group, 0) < most)) {
                asked.groups().forEach(group -> counted.merge(group, 1, Integer::sum));
                some.add(asked);
            }
        }
        return some;
    }

    /** Of this action, in these circumstances. */
    static Audience of(ApprovalView view, Circumstances at) {
        List<Asked> people = view.panel(at).stream()
                .flatMap(panel -> at.roster().members().map(member -> new Asked(member, panel.asks(member))))
                .filter(asked -> !asked.groups().isEmpty())
                .toList();
        return new Audience(people, requester(view.request().verified(), at.roster()));
    }

    /** The one who has this subject as a key. Of several, none: what became of a request is not for whoever it may be. */
    private static Optional<Member> requester(Verified verified, Roster roster) {
        Person waits = verified.onBehalfOf() == null ? verified.owner() : verified.onBehalfOf();
        List<Member> known = roster.known(waits.subject());
        return known.size() == 1 && known.getFirst().active() ? Optional.of(known.getFirst()) : Optional.empty();
    }
}
