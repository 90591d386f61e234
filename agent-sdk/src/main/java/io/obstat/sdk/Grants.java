package io.obstat.sdk;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.Grant;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.event.ActionExecuted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where grants are taken up: decision-service. */
public interface Grants {

    /**
     * Takes the grant up, once, for what is about to run.
     *
     * @param aboutToRun the digest of what is about to run, just computed
     * @throws UnansweredException when it was presented and no answer came: the grant may be used up. Nothing may run, and it must not be presented again
     * @throws UnreachableException when it could not be presented in the time allowed, so that it is not used up
     */
    Answer redeem(Grant grant, ActionDigest aboutToRun) throws InterruptedException;

    /**
     * Tells how the run ended. Telling the same again changes nothing.
     *
     * @param summary what happened; at most 1,000 characters
     * @throws RefusedException when the grant was not redeemed by this agent
     * @throws UnreachableException when there was no answer in the time allowed
     */
    void report(GrantId grant, ActionExecuted.Result result, @Nullable String summary) throws InterruptedException;

    /** What the service says to a redemption. */
    sealed interface Answer {

        /** The grant is this agent's to use, now and never again. */
        record Taken(Instant at) implements Answer {}

        /**
         * It is not to be used.
         *
         * @param cause the wire name of a {@link io.obstat.contracts.event.GrantMisused.Cause}, such as {@code already-redeemed}
         * @param explanation a sentence that says what has happened
         */
        record Refused(String cause, String explanation) implements Answer {}
    }
}
