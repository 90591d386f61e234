package io.obstat.notifier.teams;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which activities were let in lately, in this process.
 *
 * <p>Losing this memory, by a restart, by its bound or because another instance got the first one, costs nothing: the id of a review is
 * derived from the activity, so that a repeat that is let in gets the answer of its first time. It is here so that repeats are seen, and end
 * early. It could not be more than that: the token does not cover the body, so whoever has a token can change the id.
 */
final class SeenActivities {

    private final int most;
    private final Map<ActivityKey, Instant> until = new LinkedHashMap<>();

    /** @param most how many are remembered; beyond that the oldest go first */
    SeenActivities(int most) {
        this.most = most;
    }

    /**
     * Remembers the activity.
     *
     * @param end when its token ends, with skew; it is forgotten then
     * @return whether it is new
     */
    synchronized boolean firstTime(ActivityKey activity, Instant end, Instant now) {
        Instant known = until.get(activity);
        if (known != null && known.isAfter(now)) {
            return false;
        }
        until.remove(activity);
        until.put(activity, end);
        var oldest = until.values().iterator();
        while (oldest.hasNext() && (!oldest.next().isAfter(now) || until.size() > most)) {
            oldest.remove();
        }
        return true;
    }

    synchronized void forget(ActivityKey activity) {
        until.remove(activity);
    }
}
