package io.obstat.decision.directory;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.decision.Member;
import io.obstat.decision.Roster;
import io.obstat.decision.Roster.Delegation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person's wish that another stand for them.
 *
 * @param to the other's OIDC subject or e-mail address, as the directory has it; a key that two people have names neither
 * @param since from when; the first moment, at most a year from now
 * @param until to when; no longer that moment. At most {@value #MOST_DAYS} days after {@code since}, and not past
 * @param reason for people; at most 500 characters
 */
public record StandIn(
        String to, Instant since, Instant until, @Nullable String reason) {

    private static final int MOST_DAYS = 90;
    private static final Duration FURTHEST = Duration.ofDays(366);

    /** @throws InvalidFieldException when a value is missing or not acceptable */
    public StandIn {
        Required.text("to", to, 255);
        Required.present("since", since);
        Required.present("until", until);
        Required.optionalText("reason", reason, 500);
        if (!since.isBefore(until)) {
            throw new InvalidFieldException("until", "is not after since; give a later time");
        }
        if (Duration.between(since, until).compareTo(Duration.ofDays(MOST_DAYS)) > 0) {
            throw new InvalidFieldException(
                    "until",
                    "is more than %d days after since; shorten it, and renew it when the time comes"
                            .formatted(MOST_DAYS));
        }
    }

    /**
     * What the directory is told.
     *
     * @param from whose wish it is
     * @throws InvalidFieldException when {@code to} is nobody who could stand for them, or the time is over
     */
    public Delegation of(Member from, Roster roster, Instant now) {
        if (!now.isBefore(until)) {
            throw new InvalidFieldException("until", "is over; give a later time");
        }
        if (since.isAfter(now.plus(FURTHEST))) {
            throw new InvalidFieldException("since", "is more than a year from now; give an earlier time");
        }
        List<Member> known = roster.known(to).stream().filter(Member::active).toList();
        if (known.isEmpty()) {
            throw new InvalidFieldException(
                    "to",
                    "is %s, whom the directory does not have; give the OIDC subject or e-mail address of a colleague"
                            .formatted(Quoted.of(to)));
        }
        if (known.size() > 1) {
            throw new InvalidFieldException(
                    "to",
                    "is %s, a key that %d people have; give one that is theirs alone"
                            .formatted(Quoted.of(to), known.size()));
        }
        Member other = known.getFirst();
        if (other.equals(from) || !Collections.disjoint(roster.keys(from), roster.keys(other))) {
            throw new InvalidFieldException("to", "is yourself; name another person");
        }
        if (roster.isAgent(other)) {
            throw new InvalidFieldException("to", "is an agent, and agents cannot review; name a person");
        }
        return new Delegation(from.id(), other.id(), since, until);
    }
}
