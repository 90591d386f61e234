package io.obstat.ledger.kafka;

import io.obstat.contracts.Topics;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.ledger.BrokenLogException;
import io.obstat.ledger.CommittedEntry;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.postgres.PositionMovedException;
import io.obstat.ledger.postgres.PostgresViews;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads committed entries from where the views are and hands them over. The position lies in PostgreSQL, beside the rows that it speaks of; the
 * consumer group only shares out the logs among instances. One thread.
 */
final class EntriesReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EntriesReader.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration DATABASE_ANSWERS_WITHIN = Duration.ofSeconds(20);
    private static final long CHECK_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Consumer<String, byte[]> consumer;
    private final PostgresViews views;
    private final Map<Integer, String> broken;
    /** For each log of ours, the offset up to which the views have it. */
    private final Map<TopicPartition, Long> taken = new HashMap<>();

    private long checkedAtNanos = System.nanoTime();

    EntriesReader(Consumer<String, byte[]> consumer, PostgresViews views, Map<Integer, String> broken) {
        this.views = views;
        this.broken = broken;
        this.consumer = consumer;
        consumer.subscribe(List.of(Topics.LEDGER_ENTRIES.name()), new Shares());
    }

    static Consumer<String, byte[]> connect(LedgerConfig config) {
        return new KafkaConsumer<>(settings(config), new StringDeserializer(), new ByteArrayDeserializer());
    }

    static Map<String, Object> settings(LedgerConfig config) {
        return Map.ofEntries(
                Map.entry(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers()),
                Map.entry(ConsumerConfig.GROUP_ID_CONFIG, "audit-ledger-views"),
                // What is not committed is no entry.
                Map.entry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed"),
                Map.entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false"),
                // A position that does not exist is a finding, never a reason to start somewhere else.
                Map.entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"),
                Map.entry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"),
                Map.entry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.viewBatch()),
                Map.entry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                        config.sessionTimeout().toMillis()),
                // Readiness waits for the first one.
                Map.entry(
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                        (int) config.sessionTimeout().toMillis() / 10),
                // Few transactions in PostgreSQL with many entries each, for a tenth of a second.
                Map.entry(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 65_536),
                Map.entry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100));
    }

    /** Whether this instance has its share of the logs, each at the views' position, and is in touch with Kafka. */
    boolean settled(Duration longestSilence) {
        return consumer.groupMetadata().generationId() >= 0 && Heartbeats.inTouch(consumer.metrics(), longestSilence);
    }

    /** Waits a moment for entries and hands them over. Fails when Kafka or PostgreSQL is away; nothing is skipped then. */
    void readSome() {
        try {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                takeIn(partition, records.records(partition));
            }
        } catch (InvalidOffsetException e) {
            for (TopicPartition partition : e.partitions()) {
                broken(
                        partition,
                        "The views are at offset %s, which the topic does not have; entries were removed, or the views are of another"
                                        .formatted(taken.get(partition))
                                + " ledger: if so, truncate ledger.logs, ledger.entries and ledger.actions");
            }
        }
        if (System.nanoTime() - checkedAtNanos > CHECK_EVERY_NANOS) {
            seekToViews(consumer.assignment());
        }
    }

    /** Ends a wait in another thread. */
    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void takeIn(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        long next = records.getLast().offset() + 1;
        try {
            var batch = new ArrayList<CommittedEntry>();
            for (ConsumerRecord<String, byte[]> record : records) {
                batch.add(entry(record));
            }
            await(() -> views.take(partition.partition(), taken.getOrDefault(partition, 0L), batch, next));
            taken.put(partition, next);
        } catch (PositionMovedException e) {
            LOG.infof("%s; reading from there", e.getMessage());
            seek(partition, e.nextOffset());
        } catch (BrokenLogException e) {
            broken(partition, String.valueOf(e.getMessage()));
        }
    }

    /** What a record says. @throws BrokenLogException when it is no entry */
    static CommittedEntry entry(ConsumerRecord<String, byte[]> record) {
        String place = "%s/%d/%d".formatted(record.topic(), record.partition(), record.offset());
        if (record.value() == null) {
            throw new BrokenLogException("The record at %s has no value; it is no entry".formatted(place));
        }
        try {
            LedgerEntry entry = Json.readEvent(record.value(), LedgerEntry.class);
            if (!entry.key().equals(record.key())) {
                throw new BrokenLogException("The record at %s has the key %s, but holds entry %s"
                        .formatted(place, record.key(), entry.key()));
            }
            return new CommittedEntry(entry, record.offset());
        } catch (MalformedJsonException e) {
            throw new BrokenLogException("The record at %s is no entry: %s".formatted(place, e.getMessage()), e);
        }
    }

    /** Goes to where the views are, for logs that are not there already: after a rebalance, and after someone emptied the tables. */
    private void seekToViews(Collection<TopicPartition> partitions) {
        checkedAtNanos = System.nanoTime();
        Map<Integer, Long> positions = await(views::positions);
        for (TopicPartition partition : partitions) {
            long position = positions.getOrDefault(partition.partition(), 0L);
            Long known = taken.get(partition);
            if (known == null || known != position) {
                seek(partition, position);
            }
        }
    }

    private void seek(TopicPartition partition, long position) {
        broken.remove(partition.partition());
        consumer.resume(Set.of(partition));
        consumer.seek(partition, position);
        taken.put(partition, position);
    }

    private void broken(TopicPartition partition, String problem) {
        LOG.errorf("Log %d is broken, its view stays where it is: %s", partition.partition(), problem);
        broken.put(partition.partition(), problem);
        consumer.pause(Set.of(partition));
    }

    private static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(
                    () -> work.get().ifNoItem().after(DATABASE_ANSWERS_WITHIN).fail());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Shares implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(taken::remove);
            seekToViews(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> {
                taken.remove(partition);
                broken.remove(partition.partition());
            });
        }
    }
}
