package io.obstat.ledger.kafka;

import io.obstat.contracts.Topics;
import io.obstat.ledger.LastEntries;
import io.obstat.ledger.LedgerEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the last committed entry of a log from the end of its partition of {@code obstat.ledger.entries}. Blocks for a moment. */
public final class KafkaLastEntries implements LastEntries {
    /** Longer than Kafka Streams lets a transaction be open (10 s), so that one which a crash left behind has ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(100);
    /** How far from the end to begin; the last few offsets may be transaction markers and what was aborted. */
    private static final long FIRST_LOOK = 64;

    private final LedgerConfig config;

    public KafkaLastEntries(LedgerConfig config) {
        this.config = config;
    }

    @Override
    public Optional<LedgerEntry> of(int log) {
        var partition = new TopicPartition(Topics.LEDGER_ENTRIES.name(), log);
        try (Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings(config), new StringDeserializer(), new ByteArrayDeserializer())) {
            return Optional.ofNullable(last(consumer, partition, end(partition), PATIENCE));
        }
    }

    static Map<String, Object> settings(LedgerConfig config) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                "false",
                // Closing waits for the last fetch, which finds nothing: at most this long for each log.
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                10);
    }

    /**
     * The offset behind the last record, committed or not. A consumer would give the one before the first open transaction, and an entry that
     * is about to be committed would be overlooked.
     */
    private long end(TopicPartition partition) {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers()))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .offset();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not say where %s ends: %s".formatted(partition, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while asking where %s ends".formatted(partition), e);
        }
    }

    /** The last entry before an offset; looks further and further back for it. */
    static @Nullable LedgerEntry last(
            Consumer<String, byte[]> consumer, TopicPartition partition, long end, Duration patience) {
        consumer.assign(List.of(partition));
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long giveUpAtNanos = System.nanoTime() + patience.toNanos();
        for (long back = FIRST_LOOK; ; back *= 16) {
            long from = Math.max(begin, end - back);
            consumer.seek(partition, from);
            ConsumerRecord<String, byte[]> last = null;
            while (consumer.position(partition) < end) {
                if (System.nanoTime() - giveUpAtNanos > 0) {
                    throw new IllegalStateException(
                            "%s could not be read to its end at %d within %s; a transaction is open or Kafka is away"
                                    .formatted(partition, end, patience));
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    last = record;
                }
            }
            if (last != null) {
                return EntriesReader.entry(last).entry();
            }
            if (from == begin) {
                return null;
            }
        }
    }
}
