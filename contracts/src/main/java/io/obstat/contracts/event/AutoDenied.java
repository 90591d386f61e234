package io.obstat.contracts.event;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.Required;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Policy forbids it.
 *
 * @param saferAlternative what the agent may do instead, when the rule names one; at most 500 characters
 * @param retryAfter how long the agent should wait before it asks for the like again, when the rule says so
 */
public record AutoDenied(
        ActionRequested request,
        Assessment assessment,
        @Nullable String saferAlternative,
        @Nullable Duration retryAfter)
        implements Verdict {

    public AutoDenied {
        Required.present("request", request);
        Required.present("assessment", assessment);
        Required.optionalText("saferAlternative", saferAlternative, 500);
    }
}
