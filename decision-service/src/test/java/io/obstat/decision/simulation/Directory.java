package io.obstat.decision.simulation;

import io.obstat.contracts.AgentId;
import io.obstat.decision.Member;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import io.obstat.decision.Roster;
import io.obstat.decision.Roster.Agent;
import io.obstat.decision.Roster.Delegation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What ties say, as the roster that the core is given at one moment. */
final class Directory {

    private final Map<String, Set<Identity>> identities = new HashMap<>();
    private final Map<String, Set<Identity>> former = new HashMap<>();
    private final Map<String, Set<String>> groups = new HashMap<>();
    private final Map<String, Set<String>> owners = new HashMap<>();
    private final Set<String> left = new HashSet<>();
    private final Set<String> suspended = new HashSet<>();
    private final List<Delegation> delegations = new ArrayList<>();

    private Directory() {}

    static boolean isMember(String node) {
        return node.startsWith("m");
    }

    static Roster roster(List<Tie> ties, Instant at) {
        var directory = new Directory();
        ties.forEach(tie -> directory.add(tie, at));
        return directory.roster();
    }

    private void add(Tie tie, Instant at) {
        if (tie.kind() == Tie.Kind.STANDS_FOR) {
            delegations.add(new Delegation(tie.to(), tie.from(), tie.since(), tie.until()));
        } else if (tie.is(Tie.Kind.SUSPENDED, at)) {
            suspended.add(tie.from());
            owners.computeIfAbsent(tie.from(), agent -> new HashSet<>());
        } else if (isMember(tie.from())) {
            addOfMember(tie, tie.holds(at));
        }
    }

    private void addOfMember(Tie tie, boolean holds) {
        switch (tie.kind()) {
            case KEY -> {
                Set<Identity> mine = identities.computeIfAbsent(tie.from(), id -> new HashSet<>());
                if (holds) {
                    mine.add(identity(tie.to()));
                }
            }
            case FORMER -> {
                if (holds) {
                    former.computeIfAbsent(tie.from(), id -> new HashSet<>()).add(identity(tie.to()));
                }
            }
            case IN -> {
                if (holds) {
                    groups.computeIfAbsent(tie.from(), id -> new HashSet<>()).add(tie.to());
                }
            }
            case OWNS -> {
                Set<String> its = owners.computeIfAbsent(tie.to(), agent -> new HashSet<>());
                if (holds) {
                    its.add(tie.from());
                }
            }
            case LEFT -> {
                if (holds) {
                    left.add(tie.from());
                }
            }
            case KNOWN_AS, STANDS_FOR, EDITED, SUSPENDED -> {}
        }
    }

    private Roster roster() {
        var members = new ArrayList<Member>();
        new TreeSet<>(identities.keySet()).forEach(id -> members.add(member(id)));
        var agents = new ArrayList<Agent>();
        owners.forEach(
                (agent, its) -> agents.add(new Agent(new AgentId(agent), its, Set.of(), suspended.contains(agent))));
        return new Roster(members, delegations, agents);
    }

    private Member member(String id) {
        Set<Identity> all = identities.get(id);
        Set<Identity> taken = new HashSet<>(former.getOrDefault(id, Set.of()));
        taken.retainAll(all);
        Set<Identity> still = new HashSet<>(all);
        still.removeAll(taken);
        return new Member(id, still, taken, groups.getOrDefault(id, Set.of()), !left.contains(id));
    }

    private static Identity identity(String key) {
        int space = key.indexOf(' ');
        return new Identity(Channel.valueOf(key.substring(0, space)), key.substring(space + 1));
    }
}
