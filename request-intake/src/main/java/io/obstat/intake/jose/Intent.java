package io.obstat.intake.jose;

import io.obstat.contracts.Verified;
import io.obstat.intake.ActionRequestBody;
import io.obstat.intake.IdempotencyKey;

/** What became of an intent. */
public sealed interface Intent {

    /** A registered agent signed it. */
    record Authentic(Verified verified, IdempotencyKey key, ActionRequestBody body) implements Intent {}

    /**
     * It counts for nothing.
     *
     * @param reason what is wrong, with what, and what to do
     */
    record Refused(String reason) implements Intent {}
}
