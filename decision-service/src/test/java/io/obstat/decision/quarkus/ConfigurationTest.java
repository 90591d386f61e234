package io.obstat.decision.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds what the configuration says against {@link Topics} and against itself. */
class ConfigurationTest {

    private final Properties properties = properties();

    @Test
    void shouldReadTheTopicsThatContractsSayAndNameTheirDeadLetters() {
        // Given
        Set<Topic> read = topics(topic -> topic.readers().contains(ServiceName.DECISION_SERVICE));

        // When
        Set<String> configured = values("mp\\.messaging\\.incoming\\.[^.]+\\.topic");
        Set<String> deadLetters = values("mp\\.messaging\\.incoming\\..*\\.dead-letter-queue\\.topic");

        // Then
        assertThat(configured).isEqualTo(names(read));
        assertThat(deadLetters)
                .isEqualTo(read.stream()
                        .map(Topic::deadLetters)
                        .flatMap(Optional::stream)
                        .map(Topic::name)
                        .collect(Collectors.toSet()));
    }

    @Test
    void shouldWriteToATopicOfItsOwnOnlyWhatAllReplicasHave() {
        // Given
        Set<Topic> written = topics(topic -> topic.writer() == ServiceName.DECISION_SERVICE);

        // When
        Set<String> configured = values("mp\\.messaging\\.outgoing\\.[^.]+\\.topic");

        // Then
        assertThat(names(written)).containsAll(configured);
        assertThat(properties)
                .containsEntry("mp.messaging.outgoing.facts.acks", "all")
                .containsEntry("mp.messaging.outgoing.facts.enable.idempotence", "true")
                .containsEntry("mp.messaging.outgoing.facts.linger.ms", "0");
    }

    @Test
    void shouldGiveUpASendBeforeItsLeaseEnds() throws NoSuchMethodException {
        // Given
        Duration lease = Duration.parse(DecisionConfig.Outbox.class
                .getMethod("lease")
                .getAnnotation(io.smallrye.config.WithDefault.class)
                .value());

        // When
        String timeout = properties.getProperty("mp.messaging.outgoing.facts.delivery.timeout.ms");

        // Then
        assertThat(Duration.ofMillis(Long.parseLong(timeout))).isLessThan(lease);
    }

    private static Set<Topic> topics(Predicate<Topic> which) {
        return Topics.eventTopics().stream().filter(which).collect(Collectors.toSet());
    }

    private static Set<String> names(Set<Topic> topics) {
        return topics.stream().map(Topic::name).collect(Collectors.toSet());
    }

    private Set<String> values(String key) {
        return properties.stringPropertyNames().stream()
                .filter(name -> name.matches(key))
                .map(properties::getProperty)
                .collect(Collectors.toSet());
    }

    private static Properties properties() {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return properties;
    }
}
