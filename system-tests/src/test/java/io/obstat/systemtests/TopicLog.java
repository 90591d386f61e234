package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Every record of every topic, from the first on, as it comes. Survives a broker that is away. */
final class TopicLog implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Queue<Entry>> byTopic = new ConcurrentHashMap<>();
    private final Thread reader;
    private volatile boolean closed;

    /**
     * A record.
     *
     * @param headers as text
     * @param value as JSON; missing when it is none
     */
    record Entry(
            String topic,
            int partition,
            long offset,
            @Nullable String key,
            Map<String, String> headers,
            JsonNode value) {

        String type() {
            return headers.getOrDefault("ce_type", "");
        }

        String id() {
            return headers.getOrDefault("ce_id", "");
        }

        /** Whether the ledger wrote it: it buries what it cannot read as well, in its own name, beside the service whose work it is. */
        boolean buriedByLedger() {
            return "audit-ledger".equals(headers.get("dead-letter-reader"));
        }

        private boolean isEvent() {
            return isDeadLetter() || !id().isEmpty() && !value.isMissingNode();
        }

        private boolean isDeadLetter() {
            return headers.containsKey("dead-letter-offset");
        }

        /** What each delivery of an event has in common; of a dead letter, which record it was and who buried it, since each reader writes one of its own. */
        private List<Object> event() {
            return isDeadLetter()
                    ? List.of(header("partition"), header("offset"), header("reader"))
                    : List.of(id(), type(), value);
        }

        private String header(String name) {
            return headers.getOrDefault("dead-letter-" + name, "");
        }
    }

    TopicLog(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic topic : Topics.all()) {
            byTopic.put(topic.name(), new ConcurrentLinkedQueue<>());
            for (int partition = 0; partition < topic.partitions(); partition++) {
                partitions.add(new TopicPartition(topic.name(), partition));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        reader = Thread.ofPlatform().daemon().name("topic-log").start(this::read);
    }

    /** The records of this topic so far, in the order of each partition. */
    List<Entry> of(Topic topic) {
        return List.copyOf(queue(topic.name()));
    }

    /** The records of this topic with this key so far. */
    List<Entry> of(Topic topic, String key) {
        return queue(topic.name()).stream()
                .filter(entry -> key.equals(entry.key()))
                .toList();
    }

    /**
     * The events of this topic with this key so far. Delivery is at least once: a record with the id, the type and the data of an earlier one is
     * the same event again, and what a reader buried of one record is one dead letter. Another record without id or without JSON is kept as often
     * as it is there, and so is an event that differs in anything.
     */
    List<Entry> events(Topic topic, String key) {
        Set<List<Object>> seen = new HashSet<>();
        return of(topic, key).stream()
                .filter(entry -> !entry.isEvent() || seen.add(entry.event()))
                .toList();
    }

    private Collection<Entry> queue(String topic) {
        Queue<Entry> queue = byTopic.get(topic);
        if (queue == null) {
            throw new IllegalArgumentException("There is no topic " + topic);
        }
        return queue;
    }

    private void read() {
        while (!closed) {
            try {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> queue(record.topic()).add(entry(record)));
            } catch (WakeupException e) {
                // Closing.
            } catch (KafkaException e) {
                // The broker may be away; the next poll finds it again.
            }
        }
        consumer.close();
    }

    private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new ConcurrentHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
        return new Entry(
                record.topic(), record.partition(), record.offset(), key, Map.copyOf(headers), json(record.value()));
    }

    private static JsonNode json(byte @Nullable [] value) {
        try {
            return value == null ? MissingNode.getInstance() : Json.events().readTree(value);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** All that is known of a key, for a failure message. */
    String describe(String key) {
        return byTopic.values().stream()
                .flatMap(Collection::stream)
                .filter(entry -> key.equals(entry.key()))
                .map(entry -> "  %s %s %s".formatted(entry.topic(), entry.type(), entry.value()))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        consumer.wakeup();
        reader.join(Duration.ofSeconds(10));
    }
}
