package io.obstat.notifier.teams;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Our own token could not be had, so nothing was sent. */
final class TokenUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Duration retryAfter;

    TokenUnavailableException(String problem, @Nullable Duration retryAfter) {
        super(problem);
        this.retryAfter = retryAfter;
    }

    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
