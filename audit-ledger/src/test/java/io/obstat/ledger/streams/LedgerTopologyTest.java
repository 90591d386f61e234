package io.obstat.ledger.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

class LedgerTopologyTest {
    @Test
    void shouldBeTheTopologyThatWasApproved() throws IOException {
        // Given
        String approved;
        try (var file = LedgerTopologyTest.class.getResourceAsStream("/topology.txt")) {
            assertThat(file).as("src/test/resources/topology.txt").isNotNull();
            approved = new String(file.readAllBytes(), UTF_8);
        }

        // When
        String described =
                LedgerTopology.build(log -> Optional.empty()).describe().toString();

        // Then
        assertThat(described.strip()).isEqualTo(approved.strip());
    }

    @Test
    void shouldBeOneSubTopologySoThatALogIsAPartition() {
        // Given
        TopologyDescription description =
                LedgerTopology.build(log -> Optional.empty()).describe();

        // When
        Set<TopologyDescription.Subtopology> subtopologies = description.subtopologies();

        // Then: one task a partition reads that partition of every topic, and nothing is repartitioned
        assertThat(subtopologies).hasSize(1);
        assertThat(description.globalStores()).isEmpty();
        Set<String> read = subtopologies.iterator().next().nodes().stream()
                .filter(TopologyDescription.Source.class::isInstance)
                .flatMap(node -> ((TopologyDescription.Source) node).topicSet().stream())
                .collect(Collectors.toSet());
        assertThat(read)
                .isEqualTo(Topics.eventTopics().stream().map(Topic::name).collect(Collectors.toSet()));
    }

    @Test
    void shouldReadAndWriteTopicsOfOnePartitionCount() {
        // Given, When, Then
        assertThat(Topics.eventTopics())
                .allSatisfy(topic -> assertThat(topic.partitions()).isEqualTo(Topics.PARTITIONS));
        assertThat(Topics.LEDGER_ENTRIES.partitions()).isEqualTo(Topics.PARTITIONS);
        assertThat(Topics.LEDGER_ACTIONS.partitions()).isEqualTo(Topics.PARTITIONS);
    }

    @Test
    void shouldHaveADeadLetterTopicForEverySource() {
        // Given, When, Then
        assertThat(Topics.eventTopics())
                .allSatisfy(topic -> assertThat(topic.deadLetters()).isPresent());
    }
}
