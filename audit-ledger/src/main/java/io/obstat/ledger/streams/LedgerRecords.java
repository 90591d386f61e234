package io.obstat.ledger.streams;

import io.obstat.contracts.json.Json;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.LedgerEntry;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** The ledger's own records on Kafka: JSON, each in the partition of its log. */
final class LedgerRecords {
    private LedgerRecords() {}

    static final class EntrySerializer implements Serializer<LedgerEntry> {
        @Override
        public byte[] serialize(String topic, LedgerEntry entry) {
            return Json.write(entry);
        }
    }

    static final class ViewSerializer implements Serializer<ActionView> {
        @Override
        public byte[] serialize(String topic, ActionView view) {
            return Json.write(view);
        }
    }

    /** INVARIANT: a log is a partition. Never by the key's hash, which would scatter a log's entries. */
    static final class EntryPartitioner implements StreamPartitioner<String, LedgerEntry> {
        @Override
        public Optional<Set<Integer>> partitions(String topic, String key, LedgerEntry entry, int partitions) {
            return Optional.of(Set.of(entry.log()));
        }
    }

    static final class ViewPartitioner implements StreamPartitioner<String, ActionView> {
        @Override
        public Optional<Set<Integer>> partitions(String topic, String key, ActionView view, int partitions) {
            return Optional.of(Set.of(view.log()));
        }
    }
}
