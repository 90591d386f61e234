package io.obstat.decision.reactive;

import io.obstat.decision.Roster;
import io.obstat.decision.reactive.Snapshots.Snapshot;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Who is who, now. What was read last is kept, and used for as long as the directory says that it still holds. */
@ApplicationScoped
public class Rosters {

    private final Snapshots snapshots;
    private @Nullable Snapshot latest;
    private @Nullable Uni<Snapshot> flight;

    public Rosters(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * The roster with every change that was committed before the subscription, on whatever instance. Costs one row unless something changed
     * since the last call. Fails with {@link UnavailableException} when the database is away: who is who is then unknown, which is not the
     * same as nobody.
     */
    public Uni<Roster> current() {
        return snapshot().map(Snapshot::roster);
    }

    private Uni<Snapshot> snapshot() {
        return snapshots.version().chain(this::at);
    }

    private Uni<Snapshot> at(long version) {
        Snapshot known = latest();
        if (known != null && known.version() == version) {
            return Uni.createFrom().item(known);
        }
        // A load that another caller began may be older than the version that this one has seen.
        return load().chain(loaded ->
                loaded.version() < version ? snapshot() : Uni.createFrom().item(loaded));
    }

    /** One load at a time: whoever comes while it is under way waits for the same. */
    private synchronized Uni<Snapshot> load() {
        if (flight == null) {
            flight = snapshots
                    .load()
                    .invoke(this::landed)
                    .onFailure()
                    .invoke(this::crashed)
                    .memoize()
                    .indefinitely();
        }
        return flight;
    }

    private synchronized @Nullable Snapshot latest() {
        return latest;
    }

    private synchronized void landed(Snapshot loaded) {
        latest = loaded;
        flight = null;
    }

    private synchronized void crashed() {
        flight = null;
    }
}
