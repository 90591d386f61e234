package io.obstat.local.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The baseline: a record handed on over as many topics as a request passes on its way to a decision, by plain Kafka clients that do nothing else
 * ({@code acks=all}, no linger, the partitions of the real topics). What Obstat adds is what it takes beyond this.
 */
final class Relay implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrapServers;
    private final List<String> topics;
    private final KafkaProducer<String, byte[]> first;
    private final Map<String, CompletableFuture<Void>> underway = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Thread> hops = new ArrayList<>();

    /** Creates {@code hops} topics of its own and waits until every hop reads. */
    Relay(String bootstrapServers, int hops, int partitions) throws ExecutionException, InterruptedException {
        this.bootstrapServers = bootstrapServers;
        String run = UUID.randomUUID().toString().substring(0, 8);
        topics = IntStream.rangeClosed(1, hops)
                .mapToObj(hop -> "bench.%s.%d".formatted(run, hop))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic, Optional.of(partitions), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
        first = producer();
        var reading = new CountDownLatch(hops);
        for (int hop = 0; hop < hops; hop++) {
            int from = hop;
            this.hops.add(Thread.ofPlatform()
                    .name("relay-" + (hop + 1))
                    .daemon()
                    .start(() -> handOn(
                            topics.get(from),
                            from + 1 < topics.size() ? topics.get(from + 1) : null,
                            partitions,
                            reading)));
        }
        if (!reading.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The relay's consumers did not start within 30 s; is the broker at %s well?"
                    .formatted(bootstrapServers));
        }
    }

    /** Sends a record of this key through all hops; completes when the last has read it. */
    CompletableFuture<Void> send(String key, byte[] value) {
        var arrived = new CompletableFuture<Void>();
        underway.put(key, arrived);
        first.send(new ProducerRecord<>(topics.getFirst(), key, value), (metadata, failure) -> {
            if (failure != null) {
                arrived.completeExceptionally(failure);
            }
        });
        return arrived;
    }

    private void handOn(
            String from, @org.jspecify.annotations.Nullable String to, int partitions, CountDownLatch reading) {
        try (KafkaConsumer<String, byte[]> consumer = consumer();
                KafkaProducer<String, byte[]> producer = producer()) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(p -> new TopicPartition(from, p))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            all.forEach(consumer::position);
            reading.countDown();
            while (!closed.get()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (to != null) {
                        producer.send(new ProducerRecord<>(to, record.key(), record.value()));
                    } else {
                        Optional.ofNullable(underway.remove(record.key())).ifPresent(arrived -> arrived.complete(null));
                    }
                }
            }
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        1),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void close() throws InterruptedException, ExecutionException {
        closed.set(true);
        for (Thread hop : hops) {
            hop.join();
        }
        first.close();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.deleteTopics(topics).all().get();
        }
    }
}
