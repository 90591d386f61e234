package io.obstat.decision.inbox;

import io.obstat.contracts.Person;
import io.obstat.contracts.visible.VisibleText;

/**
 * A person on a page: by the name that people know, with the key that counts.
 *
 * @param name the e-mail address where one is known, otherwise the subject
 * @param subject the key
 * @param you whether it is the reader
 */
public record Party(VisibleText name, VisibleText subject, boolean you) {

    static Party of(Person person, Person reader) {
        return new Party(
                VisibleText.of(person.email() == null ? person.subject() : person.email()),
                VisibleText.of(person.subject()),
                person.isAlso(reader));
    }
}
