package io.obstat.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.ledger.ConfigUnderTest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    @Test
    void shouldKeepWhatTheLedgerRestsOn() {
        // Given
        var config = new ConfigUnderTest("localhost:1", Path.of("target/state"));

        // When
        Properties settings = StreamsSettings.of(config);
        Map<String, Object> consumer =
                new StreamsConfig(settings).getMainConsumerConfigs("audit-ledger", "audit-ledger-1", 0);

        // Then
        assertThat(settings)
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2")
                .containsEntry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "0")
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 500L);
        assertThat(consumer)
                .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                // A new ledger begins with the first event that a topic has.
                .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
                .containsEntry(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "65536")
                .containsEntry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
    }
}
