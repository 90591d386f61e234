package io.obstat.notifier;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recognises what has come before, in this process.
 *
 * <p>Losing this memory, by a restart, by its bound or because another instance got the first one, costs nothing: the id of a review is derived
 * from the click, so that a repeat that is let in gets the answer of its first time. It is here so that repeats are seen, and end early.
 *
 * @param <M> what makes something the same when it comes again
 */
public final class Replays<M> {

    private final int most;
    private final Map<M, Instant> until = new LinkedHashMap<>();

    /** @param most how many are remembered; beyond that the oldest go first */
    public Replays(int most) {
        this.most = most;
    }

    /**
     * Whether it comes for the first time. From now on it has come.
     *
     * @param end until when it would be believed again; it is forgotten then
     */
    public synchronized boolean first(M mark, Instant end, Instant now) {
        Instant known = until.get(mark);
        if (known != null && known.isAfter(now)) {
            return false;
        }
        until.remove(mark);
        until.put(mark, end);
        var oldest = until.values().iterator();
        while (oldest.hasNext() && (!oldest.next().isAfter(now) || until.size() > most)) {
            oldest.remove();
        }
        return true;
    }

    /** It did not get through, and may come again. */
    public synchronized void forget(M mark) {
        until.remove(mark);
    }
}
