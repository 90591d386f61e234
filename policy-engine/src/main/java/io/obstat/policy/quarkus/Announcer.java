package io.obstat.policy.quarkus;

import io.obstat.policy.kafka.KafkaActivations;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/** Tells the world which policy set is in force, once after each start, and tries until Kafka has taken it. */
@ApplicationScoped
public class Announcer {

    private static final Logger LOG = Logger.getLogger(Announcer.class);

    private final InForce inForce;
    private final PolicyConfig config;
    private final Map<String, Object> kafka;
    private final Thread thread = new Thread(this::announce, "policy-announcer");
    private volatile boolean announced;

    Announcer(InForce inForce, PolicyConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.inForce = inForce;
        this.config = config;
        this.kafka = kafka;
    }

    /** Whether Kafka holds the announcement. */
    public boolean announced() {
        return announced;
    }

    void onStart(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    private void announce() {
        try {
            while (!tryToAnnounce()) {
                TimeUnit.NANOSECONDS.sleep(config.retryAfter().toNanos());
            }
            announced = true;
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("The service stops before its policy set was announced");
        }
    }

    private boolean tryToAnnounce() throws InterruptedException {
        try (var consumer = new KafkaConsumer<String, byte[]>(consumerConfig());
                var producer = new KafkaProducer<String, byte[]>(producerConfig())) {
            new KafkaActivations(consumer, producer)
                    .announce(inForce.policy().set(), inForce.since())
                    .ifPresentOrElse(
                            activated -> LOG.infof("Announced the policy set %s", activated.digest()),
                            () -> LOG.debug("The policy set is announced already"));
            return true;
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | ExecutionException e) {
            LOG.warnf(
                    "The policy set could not be announced (%s); trying again in %s",
                    e.getMessage(), config.retryAfter());
            return false;
        }
    }

    private Map<String, Object> consumerConfig() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return settings;
    }

    private Map<String, Object> producerConfig() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return settings;
    }
}
