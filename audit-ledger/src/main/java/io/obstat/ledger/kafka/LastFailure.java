package io.obstat.ledger.kafka;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What failed last in a thread that goes on trying, and when: for readiness, so that nobody has to search the log. */
public final class LastFailure {
    private volatile String text = "none";

    /** Remembers the root cause. */
    public void note(Throwable failure, Instant now) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        text = "%s %s".formatted(now.truncatedTo(ChronoUnit.SECONDS), root);
    }

    /** {@code <moment> <cause>}, or {@code none}. */
    public String text() {
        return text;
    }
}
