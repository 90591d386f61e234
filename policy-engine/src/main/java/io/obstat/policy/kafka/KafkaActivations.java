package io.obstat.policy.kafka;

import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.policy.Activation;
import io.obstat.policy.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The announcements on {@code obstat.policies}, which is compacted: the newest of each set is there for ever. Not thread safe. */
public final class KafkaActivations {

    private static final Logger LOG = Logger.getLogger(KafkaActivations.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;

    /**
     * @param consumer without a group; closing it is the caller's
     * @param producer with {@code acks=all}; closing it is the caller's
     */
    public KafkaActivations(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer) {
        this.consumer = consumer;
        this.producer = producer;
    }

    /**
     * Announces this set, unless the last announcement of its name is of the same digest. Returns when Kafka has acknowledged.
     *
     * @param since when the set came into force here; not after its first verdict
     * @return what was announced, if anything was
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer; try again later
     * @throws ExecutionException when Kafka does not take the announcement; try again later
     * @throws InterruptedException when this thread shall end
     */
    public Optional<PolicySetActivated> announce(PolicySet set, Instant since)
            throws ExecutionException, InterruptedException {
        Optional<Envelope<PolicySetActivated>> announcement = Activation.of(set, last(set.name()), since);
        if (announcement.isPresent()) {
            producer.send(EventCodec.encode(announcement.get())).get();
        }
        return announcement.map(Envelope::data);
    }

    private @Nullable Envelope<PolicySetActivated> last(String name) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.POLICIES.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("There is no topic %s yet".formatted(Topics.POLICIES.name()));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Envelope<PolicySetActivated> last = null;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                Envelope<PolicySetActivated> activated = activated(record);
                if (activated != null && activated.data().name().equals(name)) {
                    last = activated;
                }
            }
        }
        return last;
    }

    private static @Nullable Envelope<PolicySetActivated> activated(ConsumerRecord<String, byte[]> record) {
        try {
            Envelope<?> event = EventCodec.decode(Topics.POLICIES, record.key(), record.headers(), record.value());
            return event.data() instanceof PolicySetActivated activated
                    ? new Envelope<>(event.id(), event.source(), event.time(), event.traceparent(), activated)
                    : null;
        } catch (MalformedEventException e) {
            // The ledger reads this topic and puts it with the dead letters; here it only means that no set was
            // announced by it.
            LOG.warnf(
                    "A record of %s is no event and says nothing (partition %d, offset %d): %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
            return null;
        }
    }
}
