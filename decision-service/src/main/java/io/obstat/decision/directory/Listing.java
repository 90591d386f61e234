package io.obstat.decision.directory;

import io.obstat.contracts.AgentId;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a directory file says, whole and in order.
 *
 * @param digest of the file, by which it is known to be unchanged; absent when there is no file
 */
public record Listing(@Nullable String digest, List<Person> people, List<Agent> agents) {

    /** What no file says: nobody. */
    public static final Listing NONE = new Listing(null, List.of(), List.of());

    public Listing {
        people = List.copyOf(people);
        agents = List.copyOf(agents);
    }

    /**
     * A person of the file.
     *
     * @param id theirs, in this file and in the directory
     * @param identities each with the path of the field that gives it; at least one
     * @param groups the names that policy uses
     */
    public record Person(String id, Map<Identity, String> identities, Set<String> groups) {

        public Person {
            identities = new LinkedHashMap<>(identities);
            groups = new LinkedHashSet<>(groups);
        }
    }

    /** @param owners who answer for it; at least one */
    public record Agent(AgentId id, Set<Owner> owners) {

        public Agent {
            owners = new LinkedHashSet<>(owners);
        }
    }

    /**
     * Somebody who answers for an agent.
     *
     * @param channel in which the value is a key of theirs; absent when it is the id of a person of this file
     */
    public record Owner(@Nullable Channel channel, String value) {}
}
