package io.obstat.decision.kafka;

import io.obstat.decision.reactive.FactChannel;
import io.obstat.decision.reactive.OutgoingFact;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

/** The way out, which a test can close: then nothing is sent, as if the process had died between commit and publishing, or Kafka were away. */
@Alternative
@Priority(1)
@ApplicationScoped
public class BreakableFactChannel implements FactChannel {

    private final KafkaFactChannel real;
    private volatile boolean closed;

    BreakableFactChannel(KafkaFactChannel real) {
        this.real = real;
    }

    @Override
    public Uni<Void> send(OutgoingFact fact) {
        return closed ? Uni.createFrom().failure(new IllegalStateException("the broker is away")) : real.send(fact);
    }

    public void close() {
        closed = true;
    }

    public void open() {
        closed = false;
    }
}
