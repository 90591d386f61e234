package io.obstat.intake.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.intake.StoredAction;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * What a sweep came upon.
     *
     * @param found how many actions had something to publish
     * @param published how many of them have not any more
     */
    record Swept(int found, int published) {}

    /**
     * Publishes what was asked or withdrawn before {@code before} and is not noted as published, oldest first. What another instance has in
     * hand is passed over.
     *
     * @param most actions to take, and to keep others from changing meanwhile
     * @param publish gives back the action, noted as published
     */
    Uni<Swept> sweep(Instant before, int most, Function<StoredAction, Uni<StoredAction>> publish);
}
