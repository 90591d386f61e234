package io.obstat.decision.kafka;

import io.obstat.decision.reactive.FactChannel;
import io.obstat.decision.reactive.OutgoingFact;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** {@link FactChannel} over one outgoing channel, on which each message names its topic. */
@ApplicationScoped
class KafkaFactChannel implements FactChannel {

    private static final int IN_FLIGHT = 4_096;

    private final MutinyEmitter<byte[]> facts;

    KafkaFactChannel(
            @Channel("facts") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = IN_FLIGHT)
                    MutinyEmitter<byte[]> facts) {
        this.facts = facts;
    }

    @Override
    public Uni<Void> send(OutgoingFact fact) {
        var headers = new RecordHeaders();
        fact.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        var metadata = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(fact.topic())
                .withKey(fact.action().value())
                .withHeaders(headers)
                .build();
        return Uni.createFrom()
                .deferred(() -> facts.sendMessage(Message.of(fact.value()).addMetadata(metadata)));
    }
}
