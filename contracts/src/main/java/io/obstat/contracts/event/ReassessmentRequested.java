package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Policy has to speak again: the inputs were edited, or another policy set has come into force.
 *
 * @param request as it is now
 * @param edit the review that changed it; absent when policy changed
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
