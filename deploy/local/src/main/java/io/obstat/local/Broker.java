package io.obstat.local;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** The Kafka broker of a local Obstat, and its topics. */
final class Broker {

    private static final String MAIN = "io.obstat.local.broker.BrokerMain";

    private Broker() {}

    static Part.Spec prepare(Home home, int port, int controllerPort) {
        Path data = home.data("kafka");
        Path config = home.config("server.properties");
        try {
            Files.writeString(
                    config,
                    """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.bootstrap.servers=localhost:%2$d
                    controller.listener.names=CONTROLLER
                    listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
                    advertised.listeners=PLAINTEXT://localhost:%1$d
                    log.dirs=%3$s
                    # One node: what is usually kept three times is kept once.
                    offsets.topic.replication.factor=1
                    transaction.state.log.replication.factor=1
                    transaction.state.log.min.isr=1
                    offsets.topic.num.partitions=4
                    transaction.state.log.num.partitions=4
                    group.initial.rebalance.delay.ms=0
                    # Topics come from Topics.all(); a misspelt name is an error.
                    auto.create.topics.enable=false
                    """
                            .formatted(port, controllerPort, data));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + config, e);
        }
        return new Part.Spec(
                "broker",
                Programs.main(MAIN, 512, List.of(config.toString(), data.toString())),
                Map.of(),
                port,
                "localhost:" + port,
                () -> PortInUse.answers(port) && answers("localhost:" + port));
    }

    /** Makes the topics that are missing. */
    static void createTopics(String bootstrapServers, List<Topic> topics) {
        try (Admin admin = admin(bootstrapServers)) {
            Set<String> there = admin.listTopics().names().get(30, TimeUnit.SECONDS);
            List<NewTopic> missing = topics.stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.config()))
                    .toList();
            admin.createTopics(missing).all().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Could not create the topics on " + bootstrapServers, e);
        }
    }

    static void createTopics(String bootstrapServers) {
        createTopics(bootstrapServers, Topics.all());
    }

    private static boolean answers(String bootstrapServers) {
        try (Admin admin = admin(bootstrapServers)) {
            return !admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000));
    }
}
