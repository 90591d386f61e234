package io.obstat.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;

/**
 * What makes two records the same event. Ids are unique within a topic only, so the topic is part of it.
 *
 * @param value at most about 450 characters
 * @param content digest of what the record says: the event's type and data, byte for byte. Two records of one identity should have one content
 */
public record RecordIdentity(String value, Hash content) {
    /**
     * The identity of a leaf of this topic.
     *
     * <p>A pipeline chooses its own event ids, and another pipeline could use one before it. So an intent is a repeat only when its data is the
     * same too. A record that cannot be read has no id; it is the same when it lies in the same place and has the same bytes.
     */
    public static RecordIdentity of(Topic topic, LedgerLeaf leaf, byte[] value) {
        return switch (leaf) {
            case LedgerLeaf.OfEvent event ->
                new RecordIdentity(
                        topic.writer() == ServiceName.PIPELINE
                                ? "%s id %s %s"
                                        .formatted(
                                                topic.name(),
                                                event.eventId(),
                                                Hash.sha256(value).digest())
                                : "%s id %s".formatted(topic.name(), event.eventId()),
                        content(event.eventType(), value));
            case LedgerLeaf.OfUnreadable unreadable ->
                new RecordIdentity(
                        "%s at %d/%d %s"
                                .formatted(
                                        topic.name(),
                                        unreadable.source().partition(),
                                        unreadable.source().offset(),
                                        unreadable.valueDigest()),
                        Hash.sha256(value));
        };
    }

    /** The type too: an allowing and a denying verdict can have the same bytes. */
    private static Hash content(String type, byte[] value) {
        return Hash.sha256((type + "\n").getBytes(UTF_8), value);
    }
}
