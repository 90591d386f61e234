package io.obstat.local.broker;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of {@link Topics}, on a broker. */
public final class BrokerTopics {

    private static final int PATIENCE_MS = (int) Duration.ofSeconds(30).toMillis();

    private BrokerTopics() {}

    /**
     * Makes the topics that the broker lacks, and leaves the others as they are. On a cluster with more brokers they get its default
     * replication.
     *
     * @throws IllegalStateException when the broker does not answer within 30 s, or refuses
     */
    public static void create(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MS / 2,
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG,
                50,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                500))) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> lacking = Topics.all().stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .map(BrokerTopics::described)
                    .toList();
            if (!lacking.isEmpty()) {
                admin.createTopics(lacking).all().get();
            }
        } catch (ExecutionException e) {
            // Somebody else made them at the same moment.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(
                        "The topics cannot be made at %s: %s".formatted(bootstrapServers, e.getCause()), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while making topics at " + bootstrapServers, e);
        }
    }

    private static NewTopic described(Topic topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty()).configs(topic.config());
    }
}
