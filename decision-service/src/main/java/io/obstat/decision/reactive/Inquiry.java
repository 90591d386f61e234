package io.obstat.decision.reactive;

import io.obstat.contracts.event.ActionRequested;

/** What a command has to know of other actions. It is looked up in the transaction that stores what the command does. */
public sealed interface Inquiry {

    /** Nothing. */
    record None() implements Inquiry {}

    /** What else the agent of this request asks people, and who owes signatures. No two of one agent's requests are opened at once. */
    record OfAgent(ActionRequested request) implements Inquiry {}

    /** Who has broken the glass and owes signatures. */
    record OfGlass() implements Inquiry {}
}
