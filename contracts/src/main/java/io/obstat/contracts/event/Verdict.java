package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;

/** What policy says to a request. Each verdict carries the request whole, so that whoever reads it needs no other topic. */
public sealed interface Verdict extends ActionEvent permits ApprovalRequired, AutoAllowed, AutoDenied {

    ActionRequested request();

    Assessment assessment();

    @Override
    default ActionId actionId() {
        return request().actionId();
    }
}
