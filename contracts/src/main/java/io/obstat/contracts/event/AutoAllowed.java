package io.obstat.contracts.event;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.Required;

/** Policy allows it without anyone. */
public record AutoAllowed(ActionRequested request, Assessment assessment) implements Verdict {

    public AutoAllowed {
        Required.present("request", request);
        Required.present("assessment", assessment);
    }
}
