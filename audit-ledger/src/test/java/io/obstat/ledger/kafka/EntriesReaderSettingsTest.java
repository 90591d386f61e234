package io.obstat.ledger.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.ledger.ConfigUnderTest;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;

class EntriesReaderSettingsTest {
    @Test
    void shouldReadCommittedEntriesAloneAndNeverStartSomewhereElse() {
        // Given
        var config = new ConfigUnderTest("localhost:1", Path.of("target/state"));

        // When
        Map<String, Object> settings = EntriesReader.settings(config);

        // Then
        assertThat(settings)
                .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none")
                .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false")
                .containsEntry(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false")
                .containsEntry(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 65_536)
                .containsEntry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    }
}
