package io.obstat.intake;

import io.obstat.contracts.Person;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Verified;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether somebody may ask at all, and what is proved about them if so. */
public sealed interface Admission {

    /** It may ask, as this. */
    record Admitted(Verified verified) implements Admission {}

    /**
     * It may not.
     *
     * @param detail why, with what, and what to do
     */
    record Refused(String detail) implements Admission {}

    /** At the HTTP door. */
    static Admission of(Caller caller, AgentRegistry registry) {
        return switch (caller) {
            case Caller.Nobody nobody -> new Refused(nobody.problem());
            case Caller.Human human ->
                new Refused("People do not ask for actions, agents do; ask through an agent that acts for %s."
                        .formatted(Quoted.of(human.person().subject())));
            case Caller.Agent agent ->
                registry.agent(agent.id())
                        .map(registered -> ofAgent(agent, registered))
                        .orElseGet(() -> new Refused(
                                "The agent %s is not registered; add it to the agents file of request-intake."
                                        .formatted(agent.id())));
        };
    }

    /**
     * At the Kafka door, where a key of the agent signed the request.
     *
     * @param onBehalfOf the subject of the person that the agent says it acts for; only the registry can confirm it
     */
    static Admission ofSigner(RegisteredAgent agent, AgentKey key, @Nullable String onBehalfOf) {
        Optional<Person> person = onBehalfOf == null ? Optional.empty() : agent.listedPerson(onBehalfOf);
        if (onBehalfOf != null && person.isEmpty()) {
            return new Refused("The agent %s may not act for %s at the Kafka door; list the person under its actsFor."
                    .formatted(agent.id(), Quoted.of(onBehalfOf)));
        }
        return new Admitted(
                new Verified(agent.id(), agent.owner(), person.orElse(null), Verified.Method.JWS, key.kid()));
    }

    private static Admission ofAgent(Caller.Agent caller, RegisteredAgent agent) {
        Person person = caller.onBehalfOf();
        if (person != null) {
            // By subject alone: a token's e-mail address may not be verified, and cannot help anyone to act for
            // another.
            Optional<Person> listed = agent.listedPerson(person.subject());
            if (listed.isEmpty() && !agent.actsForAnyone()) {
                return new Refused("The agent %s may not act for %s; its owner can list the person under its actsFor."
                        .formatted(agent.id(), Quoted.of(person.subject())));
            }
            // Every key that is known of them counts when it comes to who may approve.
            person = person.email() == null ? listed.orElse(person) : person;
        }
        return new Admitted(new Verified(agent.id(), agent.owner(), person, Verified.Method.OIDC, caller.issuer()));
    }
}
