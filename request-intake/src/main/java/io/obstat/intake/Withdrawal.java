package io.obstat.intake;

import io.obstat.contracts.ActionId;

/** What becomes of an agent's wish to take its request back. */
public sealed interface Withdrawal {

    /** It is withdrawn now, and that is to be kept and published. */
    record Withdrawn(StoredAction action) implements Withdrawal {}

    /** It was withdrawn before. */
    record AlreadyWithdrawn(StoredAction action) implements Withdrawal {}

    /** It is decided, which nothing takes back. */
    record AlreadyDecided(StoredAction action) implements Withdrawal {}

    /** There is no such action, or it is not this agent's, which is the same to it. */
    record Unknown(ActionId id) implements Withdrawal {}
}
