package io.obstat.local.bench;

import io.obstat.contracts.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its end, as whoever listens there would, and tells each action id it sees. */
final class TopicTail implements AutoCloseable {

    private final Topic topic;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final Thread thread;

    /** @param seen is told the key of each record; must not block */
    TopicTail(String bootstrapServers, Topic topic, Consumer<String> seen) {
        this.topic = topic;
        thread = Thread.ofPlatform().name(topic.name() + "-tail").daemon().start(() -> read(bootstrapServers, seen));
    }

    void awaitReading() throws InterruptedException {
        if (!reading.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "No position in %s within 30 s; is the broker well?".formatted(topic.name()));
        }
    }

    private void read(String bootstrapServers, Consumer<String> seen) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, topic.partitions())
                    .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
            reading.countDown();
            while (!closed.get()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    seen.accept(record.key());
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed.set(true);
        thread.join();
    }
}
