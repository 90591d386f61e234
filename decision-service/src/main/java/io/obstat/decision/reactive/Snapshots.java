package io.obstat.decision.reactive;

import io.obstat.decision.Roster;
import io.smallrye.mutiny.Uni;

/** The directory as it is stored. Every {@code Uni} fails with {@link UnavailableException} when the database is away. */
public interface Snapshots {

    /** Which state of the directory is the last that was committed; it costs one row. */
    Uni<Long> version();

    /** Everybody and everything in the directory, as of one moment. */
    Uni<Snapshot> load();

    /**
     * The directory at one moment.
     *
     * @param version of the state that it is
     */
    record Snapshot(long version, Roster roster) {}
}
