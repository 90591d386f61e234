package io.obstat.policy.streams;

import io.obstat.contracts.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Records that are no events, as they came, with the reason in their headers. The header names are those of SmallRye's dead letter queue. */
final class DeadLetters {

    /** Why, in a sentence; at most 500 characters. */
    static final String REASON = "dead-letter-reason";

    /** The class of the exception. */
    static final String EXCEPTION = "dead-letter-exception-class-name";

    /** Where the record lay, the partition and the offset in decimal digits. */
    static final String TOPIC = "dead-letter-topic";

    static final String PARTITION = "dead-letter-partition";
    static final String OFFSET = "dead-letter-offset";

    /** Which service could not read it. */
    static final String READER = "dead-letter-reader";

    /** Present when key, value and headers were left behind, because with the reason they no longer fit into a record. */
    static final String LEFT_BEHIND = "dead-letter-left-behind";

    /** Brokers take a little more than 1,000,000 bytes unless told otherwise. */
    private static final int MOST_BYTES = 900_000;

    private static final int LONGEST_REASON = 500;

    private DeadLetters() {}

    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> poison, Optional<RecordMetadata> position, Exception reason) {
        boolean fits = bytes(poison) <= MOST_BYTES;
        Headers headers = fits ? new RecordHeaders(poison.headers().toArray()) : new RecordHeaders();
        add(headers, REASON, shortened(String.valueOf(reason.getMessage())));
        add(headers, EXCEPTION, reason.getClass().getName());
        add(headers, READER, ServiceName.POLICY_ENGINE.value());
        position.ifPresent(at -> {
            add(headers, TOPIC, at.topic());
            add(headers, PARTITION, Integer.toString(at.partition()));
            add(headers, OFFSET, Long.toString(at.offset()));
        });
        if (fits) {
            return poison.withHeaders(headers);
        }
        add(headers, LEFT_BEHIND, "%d bytes; read them from the topic".formatted(bytes(poison)));
        return new Record<>(new byte[0], new byte[0], poison.timestamp(), headers);
    }

    /** For a log line. */
    static String position(RecordMetadata at) {
        return "%s, partition %d, offset %d".formatted(at.topic(), at.partition(), at.offset());
    }

    private static void add(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
    }

    private static long bytes(Record<byte[], byte[]> record) {
        long bytes = length(record.key()) + (long) length(record.value());
        for (Header header : record.headers()) {
            bytes += header.key().length() * 3L + length(header.value());
        }
        return bytes;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
