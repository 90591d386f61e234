package io.obstat.intake.kafka;

import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.intake.quarkus.IntakeConfig;
import io.obstat.intake.reactive.ActionEvents;
import io.obstat.intake.reactive.EventLoop;
import io.obstat.intake.reactive.UnavailableException;
import io.obstat.intake.reactive.UnavailableException.Part;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** {@link ActionEvents} by the channel {@code actions}. */
@ApplicationScoped
class KafkaActionEvents implements ActionEvents {

    private final MutinyEmitter<ProducerRecord<String, byte[]>> actions;
    private final Duration patience;

    KafkaActionEvents(@Channel("actions") MutinyEmitter<ProducerRecord<String, byte[]>> actions, IntakeConfig config) {
        this.actions = actions;
        this.patience = config.patience();
    }

    @Override
    public Uni<Void> publish(Envelope<? extends ActionEvent> event) {
        // A record that is given up here may still go out; its id is the same as that of the next attempt.
        return Uni.createFrom()
                .deferred(() -> actions.send(EventCodec.encode(event))
                        .ifNoItem()
                        .after(patience)
                        .fail()
                        .emitOn(EventLoop.ofCaller()))
                .onFailure()
                .transform(failure -> new UnavailableException(Part.KAFKA, failure));
    }
}
