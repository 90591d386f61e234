package io.obstat.decision.reactive;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** The proofs of keys that were used lately, on whichever instance. */
public interface UsedProofs {

    /**
     * Notes the use of a proof. Fails with {@link UnavailableException} when the database is away; the proof may be used up then.
     *
     * @param thumbprint of its key
     * @param id its {@code jti}
     * @param until when it is too old to be used again anyway
     * @return whether it is the first use
     */
    Uni<Boolean> use(String thumbprint, String id, Instant until);
}
