package io.obstat.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.Topics;
import io.obstat.contracts.json.Json;

/** The entries of the ledger, as a reader sees them who trusts nothing but the topic. */
final class Ledger {

    private Ledger() {}

    /**
     * A leaf in its place.
     *
     * @param topic where the event lies
     * @param eventId empty when the record was no event
     * @param content what the event says
     */
    record Leaf(String log, long sequence, String topic, String eventId, String content) {

        /** Two leaves of one event have this in common. Pipelines choose their ids, and sign a repeated intent anew: there the content counts too. */
        String event() {
            String id = topic + " " + eventId;
            return topic.equals(Topics.INTENTS.name()) ? id + " " + content : id;
        }
    }

    static Leaf leaf(TopicLog.Entry entry) {
        JsonNode value = entry.value();
        try {
            JsonNode leaf = Json.events().readTree(value.path("leaf").asText("{}"));
            return new Leaf(
                    value.path("log").asText(),
                    value.path("sequence").asLong(-1),
                    leaf.path("topic").asText(),
                    leaf.path("eventId").asText(""),
                    leaf.path("data").toString() + leaf.path("dataOmitted"));
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not a leaf: " + value, e);
        }
    }
}
