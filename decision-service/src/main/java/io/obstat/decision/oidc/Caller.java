package io.obstat.decision.oidc;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls, as authentication proved. */
public sealed interface Caller {

    /** The OIDC issuer that vouches for them. */
    String authority();

    /**
     * A person.
     *
     * @param groups every group that the token names, in the token's order
     */
    record Human(Person person, List<String> groups, Identification identifiedBy, String authority) implements Caller {

        private static final int MOST_GROUPS = 20;

        public Human {
            groups = List.copyOf(groups);
        }

        /** As a reviewer of what has this requirement: of many groups, those that it names come first, and the first 20 are kept. */
        public Reviewer reviewer(@Nullable Requirement requirement) {
            Set<String> asked = requirement == null ? Set.of() : requirement.groups();
            List<String> kept = groups.stream()
                    .sorted(Comparator.comparing(group -> !asked.contains(group)))
                    .limit(MOST_GROUPS)
                    .toList();
            return new Reviewer(person, kept, identifiedBy, authority);
        }
    }

    /** An agent, on its own behalf or a person's. */
    record Agent(AgentId agent, Identification identifiedBy, String authority) implements Caller {

        /** What the record says of an agent that tries to review. */
        public Reviewer reviewer() {
            return new Reviewer(new Person(agent.value(), null), List.of(Callers.AGENTS), identifiedBy, authority);
        }
    }
}
