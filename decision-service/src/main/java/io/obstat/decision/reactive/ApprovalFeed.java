package io.obstat.decision.reactive;

import io.smallrye.mutiny.Multi;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has just changed, for pages and programs that show it live. */
public interface ApprovalFeed {

    /**
     * {@link News.Listening}, and from then on every approval that is opened or changed, on this instance or another, at least once each and within about
     * a second. Never ends, never fails. A listener that does not keep up loses some of it, though never the latest, and is told so by
     * {@link News.Missed}.
     *
     * @param since to be told also what has changed since then, where a listener left off; {@link News.Missed} in its place when that is too much to tell.
     *     Absent for a new listener
     */
    Multi<News> news(@Nullable Instant since);
}
