package io.obstat.intake;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;

/** What becomes of an admitted request. */
public sealed interface Reception {

    /** It is new, and to be kept and published. */
    record Accepted(StoredAction action) implements Reception {}

    /** It was asked before under the same key, and is the same action. */
    record Repeated(StoredAction action) implements Reception {}

    /** The key stands for another action already. */
    record KeyReused(ActionId actionId, ActionDigest first, ActionDigest now) implements Reception {

        /** In a sentence, for the agent. */
        public String detail() {
            return ("This Idempotency-Key already stands for action %s with the digest %s, and this request has the digest %s. "
                            + "Use a new key for a new action; repeat a request exactly to get its answer again.")
                    .formatted(actionId, first, now);
        }
    }

    /** A field is in order by its form and makes no sense now. */
    record Invalid(FieldError error) implements Reception {}
}
