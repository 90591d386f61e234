package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;

/** The core or the codec will not have a command, and would not have it again: nothing was stored, and no retry will help. */
public final class UndecidableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UndecidableException(ActionId id, RuntimeException cause) {
        super("The command cannot be applied to %s: %s".formatted(id, cause.getMessage()), cause);
    }
}
