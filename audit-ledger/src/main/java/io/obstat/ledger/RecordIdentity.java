package io.obstat.ledger;

import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;

/**
 * What makes two records the same event. Ids are unique within a topic only, so the topic is part of it.
 *
 * @param value at most about 450 characters
 */
public record RecordIdentity(String value) {
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
                                : "%s id %s".formatted(topic.name(), event.eventId()));
            case LedgerLeaf.OfUnreadable unreadable ->
                new RecordIdentity("%s at %d/%d %s"
                        .formatted(
                                topic.name(),
                                unreadable.source().partition(),
                                unreadable.source().offset(),
                                unreadable.valueDigest()));
        };
    }
}
