package io.obstat.decision.postgres;

import io.obstat.contracts.ActionId;

/** Another first command of the same action was quicker; at the second look its row is there. */
final class LostRaceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostRaceException(ActionId id) {
        super("%s was inserted meanwhile".formatted(id), null, false, false);
    }
}
