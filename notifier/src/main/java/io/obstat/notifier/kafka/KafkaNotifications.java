package io.obstat.notifier.kafka;

import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.notifier.Notifications;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Writes {@code obstat.notifications}. */
@ApplicationScoped
class KafkaNotifications implements Notifications {

    private final MutinyEmitter<byte[]> emitter;

    KafkaNotifications(@Channel("notifications") MutinyEmitter<byte[]> emitter) {
        this.emitter = emitter;
    }

    @Override
    public CompletionStage<Void> publish(Envelope<? extends ActionEvent> event) {
        return send(emitter, event);
    }

    static CompletionStage<Void> send(MutinyEmitter<byte[]> emitter, Envelope<? extends ActionEvent> event) {
        ProducerRecord<String, byte[]> record = EventCodec.encode(event);
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withKey(record.key())
                .withHeaders(record.headers())
                .build();
        return emitter.sendMessage(Message.of(record.value(), Metadata.of(metadata)))
                .subscribeAsCompletionStage();
    }
}
