package io.obstat.decision.directory;

import io.obstat.contracts.AgentId;
import io.obstat.decision.Member;
import io.obstat.decision.Roster;
import io.obstat.decision.Roster.Agent;
import io.obstat.decision.Roster.Delegation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The directory as it is stored, to be made a roster of.
 *
 * @param owners who answers for which agent, by a member's id or by a key of theirs
 * @param suspended agents, listed or not
 */
public record Rows(List<Member> members, List<Delegation> delegations, List<Owned> owners, Set<AgentId> suspended) {

    /** The owner is named by their id in the directory. */
    public static final String BY_ID = "ID";

    /**
     * One owner of an agent.
     *
     * @param channel {@value #BY_ID}, or the channel in which the value is a key of theirs
     */
    public record Owned(AgentId agent, String channel, String value) {

        private String key() {
            return channel + " " + (channel.equals(BY_ID) ? value : value.toLowerCase(Locale.ROOT));
        }
    }

    /** The roster. An owner whom no member is yet stays a key, so that they own the agent all the same. */
    public Roster roster() {
        Map<String, Set<String>> membersByKey = new HashMap<>();
        owners.forEach(owned -> membersByKey.put(owned.key(), new HashSet<>()));
        if (!owners.isEmpty()) {
            members.forEach(member -> place(member, membersByKey));
        }
        Map<AgentId, Set<String>> ids = new HashMap<>();
        Map<AgentId, Set<String>> keys = new HashMap<>();
        for (Owned owned : owners) {
            Set<String> found = membersByKey.getOrDefault(owned.key(), Set.of());
            Map<AgentId, Set<String>> place = found.isEmpty() ? keys : ids;
            place.computeIfAbsent(owned.agent(), agent -> new HashSet<>())
                    .addAll(found.isEmpty() ? Set.of(owned.value()) : found);
        }
        Set<AgentId> all = new HashSet<>(suspended);
        owners.forEach(owned -> all.add(owned.agent()));
        List<Agent> agents = all.stream()
                .map(agent -> new Agent(
                        agent,
                        ids.getOrDefault(agent, Set.of()),
                        keys.getOrDefault(agent, Set.of()),
                        suspended.contains(agent)))
                .toList();
        return new Roster(members, delegations, agents);
    }

    private static void place(Member member, Map<String, Set<String>> membersByKey) {
        place(member, BY_ID + " " + member.id(), membersByKey);
        member.everKnownBy()
                .forEach(identity -> place(
                        member, identity.channel() + " " + identity.value().toLowerCase(Locale.ROOT), membersByKey));
    }

    private static void place(Member member, String key, Map<String, Set<String>> membersByKey) {
        Set<String> members = membersByKey.get(key);
        if (members != null) {
            members.add(member.id());
        }
    }
}
