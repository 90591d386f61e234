package io.obstat.contracts;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A person by key, never by display name.
 *
 * @param subject the OIDC subject; 1 to 255 characters
 * @param email another identity of the same person, if known; at most 254 characters
 */
public record Person(String subject, @Nullable String email) {

    public Person {
        Required.text("subject", subject, 255);
        Required.optionalText("email", email, 254);
    }

    /** Every key that stands for this person, in lower case. */
    public Set<String> identities() {
        var identities = new TreeSet<String>();
        identities.add(subject.toLowerCase(Locale.ROOT));
        if (email != null) {
            identities.add(email.toLowerCase(Locale.ROOT));
        }
        return identities;
    }

    /** Whether the two share a key. Two records about one person may name different keys; one in common is enough to be the same. */
    public boolean isAlso(Person other) {
        return identities().stream().anyMatch(other.identities()::contains);
    }
}
