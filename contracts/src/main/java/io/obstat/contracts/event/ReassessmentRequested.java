package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Policy has to speak again: the inputs were edited, another policy set has come into force, or one that is not in force any more has spoken.
 *
 * @param request as it is now
 * @param edit the review that changed it; absent when another policy set is the reason
 */
public record ReassessmentRequested(
        ActionId actionId,
        ActionRequested request,
        @Nullable Review edit,
        Instant requestedAt) implements ActionEvent {

    public ReassessmentRequested {
        Required.present("actionId", actionId);
        Required.present("request", request);
        Required.present("requestedAt", requestedAt);
    }
}
