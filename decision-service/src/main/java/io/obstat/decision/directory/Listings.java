package io.obstat.decision.directory;

import io.smallrye.mutiny.Uni;

/** Where what a directory file says is written down. */
public interface Listings {

    /**
     * Makes the directory say of the file's people and agents what the file says now. Who is no longer in it becomes inactive. What SCIM
     * provisioned is left alone.
     *
     * @return whether anything changed; fails with {@link RefusedException} when the file names somebody whom SCIM provisions, and with
     *     {@link io.obstat.decision.reactive.UnavailableException} when the database is away
     */
    Uni<Boolean> apply(Listing listing);
}
