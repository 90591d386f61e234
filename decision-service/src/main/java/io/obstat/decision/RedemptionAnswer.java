package io.obstat.decision;

import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;

/** What an agent is told that wants to take up its grant. */
public sealed interface RedemptionAnswer extends Answer {

    /** Run it now, once. */
    record Redeemed(GrantRedeemed redeemed) implements RedemptionAnswer {}

    /**
     * Run nothing.
     *
     * @param explanation what is wrong and what to do; 1 to 500 characters
     */
    record Refused(GrantMisused.Cause cause, String explanation) implements RedemptionAnswer {}

    /** This grant was never given. Run nothing. */
    record Unknown() implements RedemptionAnswer {}
}
