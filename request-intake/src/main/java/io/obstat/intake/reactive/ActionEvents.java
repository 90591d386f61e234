package io.obstat.intake.reactive;

import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import io.smallrye.mutiny.Uni;

/** The topic {@code obstat.actions}. */
public interface ActionEvents {

    /** Completes once every in-sync replica has the event ({@code acks=all}); fails with {@link UnavailableException} otherwise. */
    Uni<Void> publish(Envelope<? extends ActionEvent> event);
}
