package io.obstat.decision.reactive;

import io.obstat.contracts.Reviewer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How people review. Every {@code Uni} fails with {@link UnavailableException} when the database is away. */
public interface Figures {

    int MOST = 1_000;

    /**
     * One person's votes over a period.
     *
     * @param person the key under which they are counted
     * @param reviewer who they were at their latest vote
     * @param decided how many decisions followed at once from a vote of theirs
     * @param median how long after it was opened half of their votes were cast at most
     * @param ninetieth the same for nine in ten
     */
    record Figure(
            String person,
            Reviewer reviewer,
            long votes,
            long approvals,
            long rejections,
            long decided,
            Duration median,
            Duration ninetieth) {}

    /** Of everybody who has voted since then, those with the most votes first; at most {@value #MOST}. */
    Uni<List<Figure>> since(Instant since);

    /**
     * Of one person, when they have voted since then.
     *
     * @param keys of theirs, as channels vouch for them, in lower case
     */
    Uni<Optional<Figure>> own(Instant since, Set<String> keys);

    /** The ids of the directory's members who are asked about something that is pending at this moment; at most {@value #MOST}. */
    Uni<List<String>> asked(Instant at);

    /** For each set of groups, how many pending approvals ask one of them at this moment; in the order of the sets. */
    Uni<List<Long>> pending(List<Set<String>> groups, Instant at);
}
