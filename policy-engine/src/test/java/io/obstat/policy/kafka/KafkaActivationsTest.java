package io.obstat.policy.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Risk;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.policy.Activation;
import io.obstat.policy.Fallback;
import io.obstat.policy.PolicySet;
import io.obstat.policy.Requests;
import io.obstat.policy.Titles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaActivationsTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.POLICIES.name(), 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final KafkaActivations activations = new KafkaActivations(consumer, producer);

    @Test
    void shouldAnnounceTheSetWhenTheTopicIsEmpty() throws Exception {
        // Given
        topicHolds();
        // When
        Optional<PolicySetActivated> announced = activations.announce(set("starter", 'a'), Requests.NOW);
        // Then
        assertThat(announced).isPresent();
        assertThat(producer.history()).hasSize(1);
        assertThat(decoded(producer.history().getFirst()).data()).isEqualTo(announced.orElseThrow());
    }

    @Test
    void shouldAnnounceNothingWhenTheLastAnnouncementIsOfTheSameSet() throws Exception {
        // Given another set before, and one of another name after
        Envelope<PolicySetActivated> old = announcement(set("starter", 'b'), null);
        topicHolds(
                EventCodec.encode(old),
                EventCodec.encode(announcement(set("starter", 'a'), old)),
                EventCodec.encode(announcement(set("other", 'c'), null)));
        // When
        Optional<PolicySetActivated> announced = activations.announce(set("starter", 'a'), Requests.NOW);
        // Then
        assertThat(announced).isEmpty();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldAnnounceASetThatComesBackAfterAnother() throws Exception {
        // Given
        Envelope<PolicySetActivated> first = announcement(set("starter", 'a'), null);
        Envelope<PolicySetActivated> second = announcement(set("starter", 'b'), first);
        topicHolds(EventCodec.encode(first), EventCodec.encode(second));
        // When
        activations.announce(set("starter", 'a'), Requests.NOW);
        // Then
        assertThat(producer.history()).hasSize(1);
        assertThat(decoded(producer.history().getFirst()).id()).isNotEqualTo(first.id());
    }

    @Test
    void shouldPassOverPoison() throws Exception {
        // Given
        Envelope<PolicySetActivated> last = announcement(set("starter", 'a'), null);
        topicHolds(
                EventCodec.encode(last),
                new ProducerRecord<>(Topics.POLICIES.name(), "starter", new byte[] {1, 2, 3}),
                new ProducerRecord<>(Topics.POLICIES.name(), "starter", null));
        // When
        Optional<PolicySetActivated> announced = activations.announce(set("starter", 'a'), Requests.NOW);
        // Then
        assertThat(announced).isEmpty();
    }

    @Test
    void shouldWaitForTheTopicRatherThanCreateIt() {
        // Given a cluster without the topic, When, Then
        assertThatThrownBy(() -> activations.announce(set("starter", 'a'), Requests.NOW))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(producer.history()).isEmpty();
    }

    @SafeVarargs
    private void topicHolds(ProducerRecord<String, byte[]>... records) {
        consumer.updatePartitions(
                PARTITION.topic(),
                List.of(new PartitionInfo(PARTITION.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) records.length));
        consumer.schedulePollTask(() -> {
            for (int offset = 0; offset < records.length; offset++) {
                consumer.addRecord(new ConsumerRecord<>(
                        PARTITION.topic(),
                        PARTITION.partition(),
                        offset,
                        Requests.NOW.toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        records[offset].key(),
                        records[offset].value(),
                        new RecordHeaders(records[offset].headers().toArray()),
                        Optional.empty()));
            }
        });
    }

    private static Envelope<?> decoded(ProducerRecord<String, byte[]> record) throws Exception {
        return EventCodec.decode(Topics.POLICIES, record.key(), record.headers(), record.value());
    }

    private static Envelope<PolicySetActivated> announcement(
            PolicySet set, @Nullable Envelope<PolicySetActivated> last) {
        return Activation.of(set, last, Requests.NOW).orElseThrow();
    }

    private static PolicySet set(String name, char digest) {
        return new PolicySet(
                name,
                "sha256:" + String.valueOf(digest).repeat(64),
                new Titles(Map.of(), Map.of()),
                new Fallback(Risk.MEDIUM, new Requirement(List.of(new Slot("platform", 1)), Duration.ofHours(1))),
                List.of());
    }
}
