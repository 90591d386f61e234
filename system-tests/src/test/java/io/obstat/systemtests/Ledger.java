package io.obstat.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.json.Json;

/** The entries of the ledger, as a reader sees them who trusts nothing but the topic. */
final class Ledger {

    private Ledger() {}

    /**
     * A leaf in its place.
     *
     * @param topic where the event lies
     * @param eventId empty when the record was no event
     */
    record Leaf(String log, long sequence, String topic, String eventId) {}

    static Leaf leaf(TopicLog.Entry entry) {
        JsonNode value = entry.value();
        try {
            JsonNode leaf = Json.events().readTree(value.path("leaf").asText("{}"));
            return new Leaf(
                    value.path("log").asText(),
                    value.path("sequence").asLong(-1),
                    leaf.path("topic").asText(),
                    leaf.path("eventId").asText(""));
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not a leaf: " + value, e);
        }
    }
}
