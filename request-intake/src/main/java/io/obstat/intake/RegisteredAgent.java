package io.obstat.intake;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Required;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An agent that may ask.
 *
 * @param id as its token or its key says
 * @param owner who answers for it; it may always act for its owner
 * @param actsFor the other people that it may act for; at most 1,000
 * @param actsForAnyone whether it may act for whomever the issuer's token names; never enough at the Kafka door, where nobody but the agent
 *     itself names the person
 * @param keys with which it signs intents; at most 20, none when it only comes by HTTP
 */
public record RegisteredAgent(
        AgentId id, Person owner, List<Person> actsFor, boolean actsForAnyone, List<AgentKey> keys) {

    public RegisteredAgent {
        Required.present("id", id);
        Required.present("owner", owner);
        actsFor = Required.list("actsFor", actsFor, 1_000);
        keys = Required.list("keys", keys, 20);
    }

    /** The person of this subject among those it may act for, as the registry knows them. */
    Optional<Person> listedPerson(String subject) {
        return listed().filter(person -> person.subject().equals(subject)).findFirst();
    }

    private Stream<Person> listed() {
        return Stream.concat(Stream.of(owner), actsFor.stream());
    }
}
