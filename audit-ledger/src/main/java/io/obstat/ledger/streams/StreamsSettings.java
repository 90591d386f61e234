package io.obstat.ledger.streams;

import io.obstat.contracts.ServiceName;
import io.obstat.ledger.kafka.LedgerConfig;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** How Kafka Streams runs the topology. What is set here is set on purpose. */
final class StreamsSettings {
    private StreamsSettings() {}

    static Properties of(LedgerConfig config) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, ServiceName.AUDIT_LEDGER.value());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        // INVARIANT: entry, view, state and source offset are one transaction.
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // Output shows at the commit, so this is how old an entry is when people can see it. A commit writes a marker
        // to
        // every partition it touched, whatever it holds: ten a second cost the broker more than the entries do.
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        // The commit flushes, so lingering delays nothing that is visible; it gathers the entries of one commit in few
        // batches.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "20");
        // Kept for ever, so compressed; by the one codec that every broker and client has in its JDK.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "gzip");
        // Each input gives one output; a cache would merge them.
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "0");
        // Across topics the older record first, as far as it is on the broker; never wait for one that may not come.
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, "0");
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                String.valueOf(config.sessionTimeout().toMillis()));
        // Readiness waits for the first one.
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                String.valueOf(config.sessionTimeout().toMillis() / 10));
        // Records are fetched in batches: an entry is not visible before the commit, so nobody sees the wait.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), "65536");
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), "100");
        return settings;
    }
}
