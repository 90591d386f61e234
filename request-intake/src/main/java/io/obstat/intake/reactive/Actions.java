package io.obstat.intake.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.Decision;
import io.obstat.intake.StoredAction;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests that were accepted. Every method fails with {@link UnavailableException} when they cannot be reached. */
public interface Actions {

    /**
     * What is to become of what is stored.
     *
     * @param save what to store instead; nothing when it stays as it is
     */
    record Change<R>(R result, @Nullable StoredAction save) {

        public static <R> Change<R> none(R result) {
            return new Change<>(result, null);
        }
    }

    /** A pure decision over what is stored; may be asked again when another instance was faster. */
    @FunctionalInterface
    interface Decider<R> {
        Change<R> decide(@Nullable StoredAction stored);
    }

    Uni<Optional<StoredAction>> find(ActionId id);

    /** Loads, decides and saves in one transaction; changes of one action follow one another. */
    <R> Uni<R> update(ActionId id, Decider<R> decider);

    /** Notes that Kafka has what these actions, as they are here, had to say; what was added to them since is not noted. */
    Uni<Void> published(Collection<StoredAction> sent, Instant at);

    /** Notes terminal decisions. The first one of an action stays; nothing happens when the action is not one of ours. */
    Uni<Void> decided(Collection<Decision> decisions);

    /**
     * Takes actions that have had something to publish since before {@code before}, longest waiting first. Nobody else gets them until as long
     * has passed again. What another instance takes at this moment is passed over, and so is what cannot be read.
     *
     * @param most how many; at least 1
     * @return fewer than {@code most} when there are no more
     */
    Uni<Taken> take(Instant before, Instant now, int most);

    /**
     * Actions that were taken.
     *
     * @param found how many there were, with those that could not be read
     */
    record Taken(List<StoredAction> actions, int found) {

        public Taken {
            actions = List.copyOf(actions);
        }
    }
}
