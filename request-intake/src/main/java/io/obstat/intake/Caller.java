package io.obstat.intake;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Quoted;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls, as authentication proved it. */
public sealed interface Caller {

    /** The group of every agent's token; a person is never in it. */
    String AGENTS = "agents";

    /** The group of those who may look at every request. */
    String AUDITORS = "auditors";

    /**
     * An agent.
     *
     * @param onBehalfOf the person it acts for, if it acts for one
     * @param issuer who vouched for it
     */
    record Agent(AgentId id, @Nullable Person onBehalfOf, String issuer) implements Caller {}

    /** A person, acting as themselves. */
    record Human(Person person, Set<String> groups) implements Caller {

        public Human {
            groups = Set.copyOf(groups);
        }

        public boolean isAuditor() {
            return groups.contains(AUDITORS);
        }
    }

    /**
     * A token that is valid and still names nobody.
     *
     * @param problem what it lacks and what to do
     */
    record Nobody(String problem) implements Caller {}

    /** Whoever a checked token names. With {@code act} it is the acting agent, on behalf of the subject. */
    static Caller of(TokenClaims token) {
        Optional<Person> subject = person(token.subject(), token.email());
        if (subject.isEmpty()) {
            return new Nobody(
                    "The token has no usable sub, or an unusable email; ask the issuer for one that names you.");
        }
        if (token.actor() != null) {
            return acting(token.actor().subject(), subject.get(), token.issuer());
        }
        if (token.groups().contains(AGENTS)) {
            return acting(token.subject(), null, token.issuer());
        }
        return new Human(subject.get(), token.groups());
    }

    private static Optional<Person> person(@Nullable String subject, @Nullable String email) {
        try {
            return subject == null ? Optional.empty() : Optional.of(new Person(subject, email));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Caller acting(@Nullable String agent, @Nullable Person onBehalfOf, String issuer) {
        Optional<AgentId> id = agentId(agent);
        if (id.isEmpty()) {
            return new Nobody("The token names the agent %s, which is no agent id (letters, digits and . _ : @ / -)."
                    .formatted(Quoted.of(agent)));
        }
        return new Agent(id.get(), onBehalfOf, issuer);
    }

    private static Optional<AgentId> agentId(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(new AgentId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
