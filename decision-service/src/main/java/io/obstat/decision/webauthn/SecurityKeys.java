package io.obstat.decision.webauthn;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The stored keys. Every {@code Uni} fails when the database is away. */
public interface SecurityKeys {

    /** The person's keys, oldest first. */
    Uni<List<SecurityKey>> of(KeyHolder holder);

    /** One of the person's keys; empty also when it is another's. */
    Uni<Optional<SecurityKey>> find(KeyHolder holder, String credentialId);

    /**
     * Stores a key.
     *
     * @param onlyAsFirst whether not to when the person has one by now
     * @return whether it was stored; not when there is a key with this id, whoever's it is
     */
    Uni<Boolean> add(SecurityKey key, boolean onlyAsFirst);

    /**
     * Notes that a key was used, unless its counter shows that it was copied.
     *
     * @param signCount the counter of this answer; must be higher than that of every answer before, or all are 0
     * @return whether it was; not when the counter went back, or the key is gone
     */
    Uni<Boolean> used(SecurityKey key, long signCount, Instant at);

    /** Forgets a key; what was decided with it stands. */
    Uni<Void> remove(KeyHolder holder, String credentialId);
}
