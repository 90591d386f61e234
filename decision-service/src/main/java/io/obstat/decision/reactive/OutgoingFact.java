package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import java.util.Map;

/**
 * A committed fact on its way to Kafka, as it goes on the wire.
 *
 * @param ordinal its place in the outbox; of one action, a later commit has a higher one
 * @param action also the record key
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are only handed through
public record OutgoingFact(long ordinal, ActionId action, String topic, Map<String, String> headers, byte[] value) {

    public OutgoingFact {
        headers = Map.copyOf(headers);
    }
}
