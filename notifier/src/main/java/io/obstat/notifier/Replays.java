package io.obstat.notifier;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recognises what has come before, within a window. In memory only: a repeat that another instance, or this one before it was restarted, has
 * taken leads to the same review id, and so to the answer that the first one got.
 */
public final class Replays {

    private static final int MOST = 100_000;

    private final Duration window;
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    /** @param window how long a repeat is believed by whoever asks; older ones are refused anyway */
    public Replays(Duration window) {
        this.window = window;
    }

    /** Whether it comes for the first time. From now on it has come. */
    public synchronized boolean first(String mark, Instant now) {
        var oldest = seen.values().iterator();
        while (oldest.hasNext() && (oldest.next().isBefore(now.minus(window)) || seen.size() > MOST)) {
            oldest.remove();
        }
        return seen.putIfAbsent(mark, now) == null;
    }

    /** It did not get through, and may come again. */
    public synchronized void forget(String mark) {
        seen.remove(mark);
    }
}
