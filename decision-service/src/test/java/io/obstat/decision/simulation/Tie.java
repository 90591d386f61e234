package io.obstat.decision.simulation;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * What holds between two, from {@code since} until before {@code until}. The world's own words: nothing of the core is in them. The two are
 * members of the directory ({@code m1}), logins by which somebody shows up, people whom a request names, agents, groups, keys.
 *
 * @param value of a key, without its channel and in lower case
 */
record Tie(Kind kind, String from, String to, Instant since, Instant until, String value) {

    static final Instant EVER = Instant.parse("2000-01-01T00:00:00Z");
    static final Instant NEVER = Instant.parse("2100-01-01T00:00:00Z");

    enum Kind {
        /** Is known by a key: {@code OIDC p1}, {@code EMAIL p1@example.com}, {@code SLACK T1/U1}. */
        KEY,
        /** That key was taken from them, and is nobody's now. */
        FORMER,
        /** The channel vouches for a key by which the directory knows a member. */
        KNOWN_AS,
        /** Is in a group. */
        IN,
        /** Is a delegate of a member. */
        STANDS_FOR,
        /** Owns an agent, or is the one for whom it acts: what it asks is theirs. */
        OWNS,
        /** Has edited what an agent asked. */
        EDITED,
        /** Is no longer one of us; of whoever shows up: the key that their channel vouches for is one that was taken. */
        LEFT,
        /** Is an agent whose grants are worth nothing for now. */
        SUSPENDED
    }

    static Tie of(Kind kind, String from, String to, Instant since, Instant until) {
        String value = to.substring(to.indexOf(' ') + 1).toLowerCase(Locale.ROOT);
        return new Tie(kind, from, to, since, until, value);
    }

    static Tie always(Kind kind, String from, String to) {
        return of(kind, from, to, EVER, NEVER);
    }

    boolean holds(Instant at) {
        return !at.isBefore(since) && at.isBefore(until);
    }

    boolean is(Kind other, Instant at) {
        return kind == other && holds(at);
    }

    Tie endsAt(Instant end) {
        return new Tie(kind, from, to, since, end, value);
    }

    /** The same key from when it is taken from whoever has it. */
    Tie takenAt(Instant since) {
        return new Tie(Kind.FORMER, from, to, since, NEVER, value);
    }

    /** Whether both lead from the one to the other. */
    boolean isOf(Tie other) {
        return from.equals(other.from) && to.equals(other.to);
    }

    /** Whether it is a key of theirs, or one that the directory knows. */
    boolean isKnown(String who) {
        return from.equals(who) || Directory.isMember(from);
    }

    /** Adds both ends to those that are the same, when one of them is; says whether that was news. */
    boolean joins(Set<String> same) {
        boolean touches = same.contains(from) || same.contains(value);
        return touches && (same.add(from) | same.add(value));
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(from, kind, to);
    }
}
