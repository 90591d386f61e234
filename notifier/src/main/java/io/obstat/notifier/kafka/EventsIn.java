package io.obstat.notifier.kafka;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.notifier.Channels;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Notices;
import io.obstat.notifier.postgres.PostgresDeliveries;
import io.obstat.notifier.quarkus.DeliveryWorker;
import io.obstat.notifier.quarkus.NotifierConfig;
import io.obstat.notifier.quarkus.RewriteWorker;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes events in, one after the other in each topic. A record that is no event goes to the dead letter topic; trouble with the database
 * is waited out.
 */
@ApplicationScoped
public class EventsIn {

    private static final Logger LOG = Logger.getLogger(EventsIn.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final NotifierConfig config;
    private final Channels channels;
    private final PostgresDeliveries deliveries;
    private final DeliveryWorker worker;
    private final RewriteWorker rewriter;
    private final InstantSource clock;

    EventsIn(
            NotifierConfig config,
            Channels channels,
            PostgresDeliveries deliveries,
            DeliveryWorker worker,
            RewriteWorker rewriter,
            InstantSource clock) {
        this.config = config;
        this.channels = channels;
        this.deliveries = deliveries;
        this.worker = worker;
        this.rewriter = rewriter;
        this.clock = clock;
    }

    @Incoming("verdicts")
    Uni<Void> verdict(ConsumerRecord<String, byte[]> record) {
        return handle(Topics.VERDICTS, record);
    }

    @Incoming("approvals")
    Uni<Void> approval(ConsumerRecord<String, byte[]> record) {
        return handle(Topics.APPROVALS, record);
    }

    @Incoming("decisions")
    Uni<Void> decision(ConsumerRecord<String, byte[]> record) {
        return handle(Topics.DECISIONS, record);
    }

    @Incoming("executions")
    Uni<Void> execution(ConsumerRecord<String, byte[]> record) {
        return handle(Topics.EXECUTIONS, record);
    }

    private Uni<Void> handle(Topic topic, ConsumerRecord<String, byte[]> record) {
        Envelope<?> event;
        try {
            event = EventCodec.decode(topic, record.key(), record.headers(), record.value());
        } catch (MalformedEventException e) {
            LOG.warnf(
                    "%s-%d@%d is no event of ours: %s",
                    topic.name(), record.partition(), record.offset(), e.getMessage());
            return Uni.createFrom().failure(e);
        }
        Optional<Notice> notice = Notices.of(event, config.inboxUrl());
        // What nobody was asked is told to nobody, and needs no record of having been told.
        if (notice.isEmpty() || channels.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.instant();
        return deliveries
                .begin(topic, event, notice.get(), channels, now)
                .onFailure()
                .invoke(e -> LOG.warnf("Event %s waits for the database: %s", event.id(), e.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely()
                .invoke(news -> {
                    if (news) {
                        worker.wake();
                        rewriter.wake();
                    }
                })
                .replaceWithVoid();
    }
}
