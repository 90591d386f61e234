package io.obstat.decision;

import io.obstat.contracts.Person;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A person in the directory.
 *
 * @param id of theirs in the directory
 * @param identities by which they are known
 * @param former keys that were theirs and are nobody's now: they give nothing, and who this is goes by them too
 * @param active whether they still are one of us; who is not is in no group
 */
public record Member(String id, Set<Identity> identities, Set<Identity> former, Set<String> groups, boolean active) {

    public Member {
        identities = Set.copyOf(identities);
        former = Set.copyOf(former);
        groups = Set.copyOf(groups);
    }

    /** Somebody who has had no other keys. */
    public Member(String id, Set<Identity> identities, Set<String> groups, boolean active) {
        this(id, identities, Set.of(), groups, active);
    }

    /** Every key that is theirs or was. */
    public Stream<Identity> everKnownBy() {
        return Stream.concat(identities.stream(), former.stream());
    }

    /** How records name them. */
    public Person person() {
        Optional<String> subject = value(Channel.OIDC);
        return new Person(subject.orElse(id), value(Channel.EMAIL).orElse(null));
    }

    private Optional<String> value(Channel channel) {
        return identities.stream()
                .filter(identity -> identity.channel() == channel)
                .map(Identity::value)
                .sorted()
                .findFirst();
    }

    /** In which channel an identity is a key. */
    public enum Channel {
        /** The subject that the OIDC issuer gives them. */
        OIDC,
        /** An e-mail address. Keeps people apart; gives nobody a right. */
        EMAIL,
        /** A Slack user: {@code <team>/<user>}. */
        SLACK,
        /** An Entra user: {@code <tenant>/<object id>}. */
        ENTRA
    }

    /**
     * A key by which a channel knows a person; never a display name.
     *
     * @param value as the channel writes it; 1 to 255 characters
     */
    public record Identity(Channel channel, String value) {

        /** Whether what is done under this identity is done by its member: an e-mail address is no proof. */
        boolean isProof() {
            return channel != Channel.EMAIL;
        }

        String key() {
            return value.toLowerCase(Locale.ROOT);
        }
    }
}
