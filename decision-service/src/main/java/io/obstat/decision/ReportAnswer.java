package io.obstat.decision;

import io.obstat.contracts.event.ActionExecuted;

/** What an agent is told that reports how its run went. */
public sealed interface ReportAnswer extends Answer {

    /** On record; a repeat gets the same answer. */
    record Recorded(ActionExecuted executed) implements ReportAnswer {}

    /** Another report stands, and a report is not taken back. */
    record Differs(ActionExecuted executed) implements ReportAnswer {}

    /** The grant was not redeemed, so nothing may have run under it. */
    record NotRedeemed() implements ReportAnswer {}

    /** The grant is another agent's. */
    record ForeignAgent() implements ReportAnswer {}

    /** This grant was never given. */
    record Unknown() implements ReportAnswer {}
}
