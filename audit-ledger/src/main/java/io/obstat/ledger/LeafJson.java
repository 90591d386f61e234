package io.obstat.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.ActionIntent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.contracts.json.CanonicalJson;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Leaves as RFC 8785 JSON. The form is described in {@code docs/adr/0005-ledger.md}; {@code version} changes when its meaning does. */
public final class LeafJson {
    private static final int VERSION = 1;
    private static final String EVENT = "event";
    private static final String UNREADABLE = "record-unreadable";

    private LeafJson() {}

    /** The text that is hashed. The same leaf gives the same text, always. */
    public static String canonical(LedgerLeaf leaf) {
        return new String(CanonicalJson.bytes(tree(leaf)), StandardCharsets.UTF_8);
    }

    /** The reverse of {@link #canonical}. @throws MalformedJsonException when the text is no leaf of a version that is known here */
    public static LedgerLeaf parse(String canonical) {
        ObjectNode leaf = Json.readEvent(canonical.getBytes(StandardCharsets.UTF_8), ObjectNode.class);
        if (leaf.path("version").asInt() != VERSION) {
            throw new MalformedJsonException(
                    "version", "is %s, this version reads leaves of version 1".formatted(leaf.path("version")));
        }
        try {
            return switch (leaf.path("kind").asText()) {
                case EVENT -> event(leaf);
                case UNREADABLE ->
                    new LedgerLeaf.OfUnreadable(
                            source(leaf),
                            text(leaf, "valueDigest"),
                            leaf.path("valueBytes").asLong(),
                            text(leaf, "reason"));
                default -> throw new MalformedJsonException("kind", "is " + leaf.path("kind") + ", no kind of leaf");
            };
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw e instanceof MalformedJsonException malformed
                    ? malformed
                    : new MalformedJsonException("", "is no leaf: " + e.getMessage());
        }
    }

    /** The event's data whole if it fits and RFC 8785 can keep it, and its digest otherwise. */
    static CanonicalLeaf of(SourceRecord source, Envelope<?> envelope, byte[] value) {
        ObjectNode data = Json.readEvent(value, ObjectNode.class);
        List<String> hashed = HashedFields.replaceIn(data, envelope.type());
        Content.Because because;
        try {
            CanonicalLeaf whole = CanonicalLeaf.of(leaf(source, envelope, new Content.Whole(data, hashed)));
            if (whole.text().getBytes(StandardCharsets.UTF_8).length <= LedgerLeaf.MOST_BYTES) {
                return whole;
            }
            because = Content.Because.TOO_LARGE;
        } catch (MalformedJsonException e) {
            because = Content.Because.NOT_CANONICAL;
        }
        return CanonicalLeaf.of(
                leaf(source, envelope, new Content.Digested(Hash.sha256(value).digest(), value.length, because)));
    }

    private static LedgerLeaf.OfEvent leaf(SourceRecord source, Envelope<?> envelope, Content content) {
        ActionId actionId = switch (envelope.data()) {
            case ActionEvent event -> event.actionId();
            // An intent names no action: its id comes from the agent that signed it, and nobody has checked
            // that.
            case ActionIntent intent -> null;
            case PolicySetActivated activated -> null;
        };
        return new LedgerLeaf.OfEvent(
                source, envelope.id(), envelope.type().wireName(), envelope.time(), actionId, content);
    }

    private static ObjectNode tree(LedgerLeaf leaf) {
        SourceRecord source = leaf.source();
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("version", VERSION)
                .put("topic", source.topic())
                .put("partition", source.partition())
                .put("offset", source.offset())
                .put("timestamp", source.timestamp().toString());
        switch (leaf) {
            case LedgerLeaf.OfEvent event -> addEvent(tree, event);
            case LedgerLeaf.OfUnreadable unreadable ->
                tree.put("kind", UNREADABLE)
                        .put("valueDigest", unreadable.valueDigest())
                        .put("valueBytes", unreadable.valueBytes())
                        .put("reason", unreadable.reason());
        }
        return tree;
    }

    private static void addEvent(ObjectNode tree, LedgerLeaf.OfEvent event) {
        tree.put("kind", EVENT)
                .put("eventId", event.eventId().value())
                .put("eventType", event.eventType())
                .put("eventTime", event.eventTime().toString());
        if (event.actionId() != null) {
            tree.put("actionId", event.actionId().value());
        }
        switch (event.content()) {
            case Content.Whole whole -> {
                tree.set("data", whole.data());
                if (!whole.hashed().isEmpty()) {
                    ArrayNode hashed = tree.putArray("hashed");
                    whole.hashed().forEach(hashed::add);
                }
            }
            case Content.Digested digested ->
                tree.set(
                        "dataOmitted", Json.tree(new Omitted(digested.digest(), digested.bytes(), digested.because())));
        }
    }

    private static LedgerLeaf.OfEvent event(ObjectNode leaf) {
        JsonNode actionId = leaf.get("actionId");
        return new LedgerLeaf.OfEvent(
                source(leaf),
                new EventId(text(leaf, "eventId")),
                text(leaf, "eventType"),
                Instant.parse(text(leaf, "eventTime")),
                actionId == null ? null : new ActionId(actionId.asText()),
                content(leaf));
    }

    private static Content content(ObjectNode leaf) {
        if (leaf.get("data") instanceof ObjectNode data) {
            var hashed = new ArrayList<String>();
            leaf.path("hashed").forEach(pointer -> hashed.add(pointer.asText()));
            return new Content.Whole(data, hashed);
        }
        Omitted omitted = Json.readEvent(Json.write(leaf.path("dataOmitted")), Omitted.class);
        return new Content.Digested(omitted.digest(), omitted.bytes(), omitted.because());
    }

    private static SourceRecord source(ObjectNode leaf) {
        return new SourceRecord(
                text(leaf, "topic"),
                leaf.path("partition").asInt(-1),
                leaf.path("offset").asLong(-1),
                Instant.parse(text(leaf, "timestamp")));
    }

    private static String text(ObjectNode leaf, String field) {
        JsonNode value = leaf.path(field);
        if (!value.isTextual()) {
            throw new MalformedJsonException(field, "is missing; a leaf has it");
        }
        return value.textValue();
    }

    private record Omitted(String digest, long bytes, Content.Because because) {}
}
