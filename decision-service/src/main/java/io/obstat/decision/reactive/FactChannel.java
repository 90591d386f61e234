package io.obstat.decision.reactive;

import io.smallrye.mutiny.Uni;

/** The way out to Kafka. */
public interface FactChannel {

    /** Completes when Kafka has acknowledged the fact; fails when it has not in time, and then it may or may not arrive. */
    Uni<Void> send(OutgoingFact fact);
}
