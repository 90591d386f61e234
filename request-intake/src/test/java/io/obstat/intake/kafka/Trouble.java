package io.obstat.intake.kafka;

import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import io.obstat.intake.reactive.ActionEvents;
import io.obstat.intake.reactive.UnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Kafka as it is on a bad day: the next so many events are not acknowledged. */
@Decorator
@Priority(1)
public class Trouble implements ActionEvents {

    /** How many events are still to be lost. */
    public static final AtomicInteger AHEAD = new AtomicInteger();

    private final ActionEvents delegate;

    @Inject
    Trouble(@Any @Delegate ActionEvents delegate) {
        this.delegate = delegate;
    }

    @Override
    public Uni<Void> publish(Envelope<? extends ActionEvent> event) {
        return Uni.createFrom()
                .deferred(() -> AHEAD.getAndUpdate(ahead -> Math.max(0, ahead - 1)) > 0
                        ? Uni.createFrom()
                                .failure(new UnavailableException(
                                        UnavailableException.Part.KAFKA, new IOException("no broker answers")))
                        : delegate.publish(event));
    }
}
