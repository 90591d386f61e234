package io.obstat.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {

    private static final BrokerSettings SETTINGS = new BrokerSettings(19092, 19093, Path.of("/data/broker"));

    @Test
    void shouldListenOnTheLoopbackInterfaceOnly() {
        // When
        String listeners = SETTINGS.toMap().get("listeners");

        // Then
        assertThat(listeners).isEqualTo("PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093");
    }

    @Test
    void shouldAllowExactlyOnceOnOneNode() {
        // When
        Map<String, String> settings = SETTINGS.toMap();

        // Then
        assertThat(settings)
                .containsEntry("transaction.state.log.replication.factor", "1")
                .containsEntry("transaction.state.log.min.isr", "1")
                .containsEntry("offsets.topic.replication.factor", "1")
                .containsEntry("auto.create.topics.enable", "false")
                .containsEntry("group.initial.rebalance.delay.ms", "0");
    }

    @Test
    void shouldRenderWhatReadsBackTheSame() throws IOException {
        // Given
        Properties read = new Properties();

        // When
        read.load(new StringReader(SETTINGS.render()));

        // Then
        assertThat(read).containsExactlyInAnyOrderEntriesOf(new java.util.HashMap<Object, Object>(SETTINGS.toMap()));
    }
}
