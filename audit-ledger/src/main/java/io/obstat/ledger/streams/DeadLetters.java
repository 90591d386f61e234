package io.obstat.ledger.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topics;
import io.obstat.ledger.Hash;
import io.obstat.ledger.LedgerLeaf;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Records that cannot be read, as they go to {@code <topic>.dlq}: as they came, with the reason in headers named as SmallRye names them. */
final class DeadLetters {
    /**
     * A record of more bytes than this is cut, because a producer refuses what is larger than a request (1 MiB) and a record that was
     * compressed on the way in can be larger than that. Were it sent whole, the ledger would stand still before it for ever.
     */
    static final int MOST_BYTES = 768 * 1024;

    /** What is left of a key or value that was cut. */
    static final int CUT_TO = 64 * 1024;

    private DeadLetters() {}

    static Record<byte[], byte[]> of(Record<byte[], byte[]> record, LedgerLeaf.OfUnreadable leaf) {
        byte[] key = record.key();
        byte[] value = record.value();
        var headers = new RecordHeaders();
        if (size(record) <= MOST_BYTES) {
            record.headers().forEach(headers::add);
        } else {
            headers.add("dead-letter-cut-from-bytes", text(String.valueOf(length(value))));
            headers.add("dead-letter-value-digest", text(leaf.valueDigest()));
            headers.add(
                    "dead-letter-key-digest",
                    text(Hash.sha256(key == null ? new byte[0] : key).digest()));
            key = cut(key);
            value = cut(value);
        }
        headers.add("dead-letter-reason", text(leaf.reason()));
        headers.add("dead-letter-topic", text(leaf.source().topic()));
        headers.add("dead-letter-partition", text(String.valueOf(leaf.source().partition())));
        headers.add("dead-letter-offset", text(String.valueOf(leaf.source().offset())));
        headers.add("dead-letter-reader", text(ServiceName.AUDIT_LEDGER.value()));
        return new Record<>(key, value, record.timestamp(), headers);
    }

    private static long size(Record<byte[], byte[]> record) {
        return length(record.key()) + length(record.value()) + size(record.headers());
    }

    private static long size(Headers headers) {
        long size = 0;
        for (Header header : headers) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= CUT_TO ? bytes : Arrays.copyOf(bytes, CUT_TO);
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    /** Sends a record to the dead letter topic of the topic that it came from. */
    static final class Router implements TopicNameExtractor<byte[], byte[]> {
        @Override
        public String extract(byte[] key, byte[] value, RecordContext context) {
            return Topics.eventTopics().stream()
                    .filter(topic -> topic.name().equals(context.topic()))
                    .flatMap(topic -> topic.deadLetters().stream())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(context.topic() + " is no event topic"))
                    .name();
        }

        /** For the description of the topology. */
        @Override
        public String toString() {
            return "<topic>.dlq";
        }
    }
}
