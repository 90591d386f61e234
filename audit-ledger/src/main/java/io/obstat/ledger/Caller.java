package io.obstat.ledger;

import java.util.Set;

/** Who asks, as authentication knows them. */
public sealed interface Caller {
    /** The group whose people may read everything. */
    String AUDITORS = "auditors";
    /** The group that every agent's token carries. */
    String AGENTS = "agents";

    /** Whether the caller may search the ledger and read any action. */
    boolean mayReadAll();

    /** Whether the caller may read this action. */
    boolean mayRead(ActionView action);

    /** A person. */
    record Human(String subject, Set<String> groups) implements Caller {
        public Human {
            groups = Set.copyOf(groups);
        }

        @Override
        public boolean mayReadAll() {
            return groups.contains(AUDITORS);
        }

        @Override
        public boolean mayRead(ActionView action) {
            return mayReadAll();
        }
    }

    /** An agent, for itself or for a person; whatever groups that person is in, an agent is no auditor. */
    record Agent(String id) implements Caller {
        @Override
        public boolean mayReadAll() {
            return false;
        }

        @Override
        public boolean mayRead(ActionView action) {
            return action.asked() != null && action.asked().agent().equals(id);
        }
    }
}
