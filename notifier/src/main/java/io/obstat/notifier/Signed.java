package io.obstat.notifier;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import org.jspecify.annotations.Nullable;

/**
 * What a yes is for: all that the digest covers, and nothing else. A card is read back as this.
 *
 * @param onBehalfOf the subject of the person it is done for; absent when it is done for nobody
 */
public record Signed(AgentId agent, @Nullable String onBehalfOf, Action action) {

    static Signed of(Notice.Facts facts) {
        Person person = facts.verified().onBehalfOf();
        return new Signed(facts.verified().agent(), person == null ? null : person.subject(), facts.action());
    }

    /** The digest that a review of exactly this names. */
    public ActionDigest digest() {
        return ActionDigest.of(agent, onBehalfOf == null ? null : new Person(onBehalfOf, null), action);
    }
}
