package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.decision.ApprovalState;

/** Is told of every change right after its commit on this instance. */
public interface Changes {

    void changed(ActionId id, ApprovalState state);
}
