package io.obstat.contracts.event;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Policy forbids it.
 *
 * @param saferAlternative what the agent may do instead, when the rule names one; at most 500 characters
 * @param retryAfter how long the agent should wait before it asks for the like again, when the rule says so; 0 seconds to 365 days
 */
public record AutoDenied(
        ActionRequested request,
        Assessment assessment,
        @Nullable String saferAlternative,
        @Nullable Duration retryAfter)
        implements Verdict {

    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    public AutoDenied {
        Required.present("request", request);
        Required.present("assessment", assessment);
        Required.optionalText("saferAlternative", saferAlternative, 500);
        if (retryAfter != null && (retryAfter.isNegative() || retryAfter.compareTo(LONGEST_WAIT) > 0)) {
            throw new InvalidFieldException("retryAfter", "is %s; it must be PT0S to P365D".formatted(retryAfter));
        }
    }
}
