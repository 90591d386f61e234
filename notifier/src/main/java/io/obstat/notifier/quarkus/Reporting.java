package io.obstat.notifier.quarkus;

import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import io.obstat.notifier.Notifications;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/** Puts on record what the database has to be published. */
@ApplicationScoped
class Reporting {

    private final Notifications notifications;

    Reporting(Notifications notifications) {
        this.notifications = notifications;
    }

    /**
     * Publishes one report after the other. What fails is published again by a later call, with the same event.
     *
     * @param published notes that Kafka has it
     */
    <R> Uni<Void> publish(
            List<R> reports, Function<R, Envelope<? extends ActionEvent>> event, Function<R, Uni<Void>> published) {
        return Multi.createFrom()
                .iterable(reports)
                .onItem()
                .transformToUniAndConcatenate(report -> Uni.createFrom()
                        .completionStage(() -> notifications.publish(event.apply(report)))
                        .chain(sent -> published.apply(report)))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
