package io.obstat.intake.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the topics that the configuration names against {@link Topics}. */
class ConfigurationTest {

    @Test
    void shouldReadAndWriteTheTopicsThatContractsSay() throws IOException {
        // Given
        Properties properties = properties();
        // When
        Set<String> read = values(properties, "mp\\.messaging\\.incoming\\.[^.]+\\.topic");
        Set<String> written = values(properties, "mp\\.messaging\\.outgoing\\.[^.]+\\.topic");
        Set<String> deadLetters = values(properties, "mp\\.messaging\\.incoming\\..*\\.dead-letter-queue\\.topic");
        // Then
        assertThat(read).isEqualTo(names(topic -> topic.readers().contains(ServiceName.REQUEST_INTAKE)));
        assertThat(written).isEqualTo(names(topic -> topic.writer() == ServiceName.REQUEST_INTAKE));
        assertThat(deadLetters)
                .isEqualTo(Set.of(
                        Topics.INTENTS.deadLetters().orElseThrow().name(),
                        Topics.DECISIONS.deadLetters().orElseThrow().name()));
    }

    @Test
    void shouldWriteOnlyWhatAllReplicasHave() throws IOException {
        // Given
        Properties properties = properties();
        // When
        // Then
        assertThat(properties)
                .containsEntry("mp.messaging.outgoing.actions.acks", "all")
                .containsEntry("mp.messaging.outgoing.actions.enable.idempotence", "true");
    }

    private static Set<String> names(java.util.function.Predicate<Topic> which) {
        return Topics.eventTopics().stream().filter(which).map(Topic::name).collect(Collectors.toSet());
    }

    private static Set<String> values(Properties properties, String key) {
        return properties.stringPropertyNames().stream()
                .filter(name -> name.matches(key))
                .map(properties::getProperty)
                .collect(Collectors.toSet());
    }

    private static Properties properties() throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(reader);
        }
        return properties;
    }
}
