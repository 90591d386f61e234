package io.obstat.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Topic.Cleanup;
import io.obstat.contracts.event.EventType;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicsTest {

    @ParameterizedTest
    @EnumSource
    void shouldCarryEveryEventInExactlyOneTopic(EventType type) {
        // Given / When / Then
        assertThat(Topics.all())
                .filteredOn(topic -> topic.events().contains(type))
                .containsExactly(Topics.of(type));
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameEveryEventWithItsVersion(EventType type) {
        // Given / When / Then
        assertThat(type.wireName()).matches("io\\.obstat\\.[a-z-]+(\\.[a-z-]+)*\\.v[1-9]");
        assertThat(EventType.named(type.wireName())).contains(type);
    }

    @Test
    void shouldPutAnActionIntoTheSamePartitionOfEveryTopic() {
        // Given
        var keyedByAction = Topics.all().stream().filter(topic -> topic.key().equals("action id"));

        // When / Then
        assertThat(keyedByAction).hasSizeGreaterThan(7).allMatch(topic -> topic.partitions() == Topics.PARTITIONS);
    }

    @Test
    void shouldHaveDistinctNamesThatKafkaTakes() {
        // Given / When / Then
        assertThat(Topics.all())
                .extracting(Topic::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("obstat\\.[a-z.]{1,60}"));
    }

    @Test
    void shouldGiveEveryTopicThatIsReadByOthersADeadLetterTopic() {
        // Given / When / Then
        for (Topic topic : Topics.eventTopics()) {
            Optional<Topic> dead = topic.deadLetters();
            assertThat(dead).as(topic.name()).isPresent();
            assertThat(Topics.all()).contains(dead.orElseThrow());
            assertThat(dead.orElseThrow().deadLetters())
                    .as("dead letters of dead letters")
                    .isEmpty();
        }
    }

    @Test
    void shouldNeverForgetTheLedgerAndKeepEventsForAYear() {
        // Given / When / Then
        assertThat(Topics.LEDGER_ENTRIES.config())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "-1");
        assertThat(Topics.LEDGER_ACTIONS.config()).containsEntry("cleanup.policy", "compact");
        assertThat(Topics.POLICIES.config()).containsEntry("cleanup.policy", "compact");
        for (Topic topic : Topics.eventTopics()) {
            if (topic.cleanup() instanceof Cleanup.After(Duration retention) && !topic.equals(Topics.INTENTS)) {
                assertThat(retention).as(topic.name()).isGreaterThanOrEqualTo(Duration.ofDays(365));
            }
        }
    }

    @Test
    void shouldShowEveryEventToTheLedger() {
        // Given / When / Then
        assertThat(Topics.eventTopics()).allMatch(topic -> topic.readers().contains(ServiceName.AUDIT_LEDGER));
    }
}
