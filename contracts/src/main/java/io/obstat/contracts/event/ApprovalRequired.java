package io.obstat.contracts.event;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.Required;
import io.obstat.contracts.Requirement;

/** People must decide. */
public record ApprovalRequired(ActionRequested request, Assessment assessment, Requirement requirement)
        implements Verdict {

    public ApprovalRequired {
        Required.present("request", request);
        Required.present("assessment", assessment);
        Required.present("requirement", requirement);
    }
}
