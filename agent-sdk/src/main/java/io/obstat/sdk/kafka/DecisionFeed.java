package io.obstat.sdk.kafka;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.sdk.Decisions;
import io.obstat.sdk.ObstatException;
import io.obstat.sdk.Proof;
import io.obstat.sdk.UntrustedException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Decisions from the topic {@code obstat.decisions}, by a consumer of its own without a group: every agent sees all of them, from the moment the
 * feed was opened (less a minute, for clocks that differ), and keeps those on its own actions. What decision-service did not sign is passed over,
 * so that nobody who can write to the topic can hide a decision behind a forged one. Open it before asking. Thread safe.
 */
public final class DecisionFeed implements Decisions, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DecisionFeed.class.getName());
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration BROKER_AWAY = Duration.ofSeconds(1);
    private static final int MOST_KEPT = 10_000;

    private final Consumer<String, byte[]> consumer;
    private final Proof proof;
    private final Instant since;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<ActionId, Decision> decisions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ActionId, Decision> eldest) {
            return size() > MOST_KEPT;
        }
    };
    private final Thread reader;
    private volatile boolean closed;

    DecisionFeed(Consumer<String, byte[]> consumer, Proof proof, Instant since) {
        this.consumer = consumer;
        this.proof = proof;
        this.since = since;
        this.reader = Thread.ofPlatform().daemon().name("obstat-decision-feed").unstarted(this::read);
    }

    /**
     * Begins to read.
     *
     * @param kafka the client's settings, {@code bootstrap.servers} and security; what a reader needs is added
     */
    public static DecisionFeed open(Map<String, Object> kafka, Proof proof) {
        var settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new DecisionFeed(
                        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                        proof,
                        Instant.now().minus(SKEW))
                .started();
    }

    DecisionFeed started() {
        reader.start();
        return this;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A broker that is away is waited for; it never makes this throw.
     */
    @Override
    public Optional<Decision> await(ActionId action, Duration within) throws InterruptedException {
        long left = within.toNanos();
        lock.lockInterruptibly();
        try {
            while (!decisions.containsKey(action) && left > 0) {
                left = news.awaitNanos(left);
            }
            return Optional.ofNullable(decisions.get(action));
        } finally {
            lock.unlock();
        }
    }

    /** Stops reading. Waits at most 5 seconds for the reader to end. */
    @Override
    public void close() throws InterruptedException {
        closed = true;
        consumer.wakeup();
        reader.join(TimeUnit.SECONDS.toMillis(5));
    }

    private void read() {
        try (consumer) {
            boolean placed = false;
            while (!closed) {
                try {
                    if (!placed) {
                        seek();
                        placed = true;
                    }
                    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                        take(record);
                    }
                } catch (WakeupException e) {
                    // close() says so, and the loop looks.
                } catch (RuntimeException e) {
                    // Whatever it is, a reader that ends would look like people who never decide.
                    LOG.log(System.Logger.Level.WARNING, "Kafka is away, waiting for it", e);
                    Thread.sleep(BROKER_AWAY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void seek() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.DECISIONS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException(Topics.DECISIONS.name() + " is not there yet");
        }
        consumer.assign(partitions);
        var times = new HashMap<TopicPartition, Long>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        // The ends first: a decision written between the two questions lies behind the end that was told.
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, @Nullable OffsetAndTimestamp> offsets = consumer.offsetsForTimes(times);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = offsets.get(partition);
            Long end = ends.get(partition);
            consumer.seek(partition, first != null ? first.offset() : end == null ? 0 : end);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        try {
            Envelope<?> event = EventCodec.decode(Topics.DECISIONS, record.key(), record.headers(), record.value());
            // A revocation is passed over: the grant is refused where it is presented, which is the only place that
            // counts.
            if (event.data() instanceof Decision decision && proof.concerns(decision)) {
                keep(proven(decision));
            }
        } catch (MalformedEventException | UntrustedException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Passed over %s-%d@%d".formatted(record.topic(), record.partition(), record.offset()),
                    e);
        }
    }

    /** The keys may be away while the topic is not; then the feed waits for them, since a decision unread is a decision lost. */
    private Decision proven(Decision decision) throws InterruptedException {
        while (true) {
            try {
                return proof.require(decision);
            } catch (UntrustedException e) {
                throw e;
            } catch (ObstatException e) {
                if (closed) {
                    throw new InterruptedException("The feed is closed");
                }
                LOG.log(System.Logger.Level.WARNING, "The keys of decision-service are away, waiting for them", e);
                Thread.sleep(BROKER_AWAY);
            }
        }
    }

    private void keep(Decision decision) {
        lock.lock();
        try {
            decisions.putIfAbsent(decision.actionId(), decision);
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
