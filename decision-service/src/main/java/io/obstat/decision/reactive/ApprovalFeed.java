package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.smallrye.mutiny.Multi;

/** What has just changed, for pages that show it live. */
public interface ApprovalFeed {

    /**
     * The ids of approvals that were opened or changed, on this instance or another, from now on; at least once each, within about
     * a second. Never ends, never fails; a subscriber that does not keep up gets the latest only.
     */
    Multi<ActionId> changes();
}
