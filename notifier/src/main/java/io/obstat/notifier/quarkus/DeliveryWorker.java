package io.obstat.notifier.quarkus;

import io.obstat.notifier.Attempt;
import io.obstat.notifier.Backoff;
import io.obstat.notifier.Channels;
import io.obstat.notifier.Members;
import io.obstat.notifier.Members.Roll;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.postgres.PostgresDeliveries;
import io.obstat.notifier.postgres.PostgresDeliveries.Claim;
import io.obstat.notifier.postgres.PostgresDeliveries.Report;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Tries what is due and publishes what has ended. Everything it needs to know lies in the database: what a crash leaves claimed is taken up
 * again when its lease ends, by this process or another.
 */
@ApplicationScoped
public class DeliveryWorker {

    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);
    private static final Duration MARGIN = Duration.ofSeconds(20);
    private static final int REPORTS = 100;

    private final NotifierConfig config;
    private final PostgresDeliveries deliveries;
    private final Channels channels;
    private final Members members;
    private final Reporting reports;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Turns delivering =
            new Turns(this::claim, e -> LOG.warnf("Deliveries wait for the database: %s", e.getMessage()));
    private final Turns reporting =
            new Turns(this::report, e -> LOG.warnf("Delivery events wait to be published: %s", e.getMessage()));
    private final AtomicInteger trying = new AtomicInteger();
    private final Sweep sweep = new Sweep();

    DeliveryWorker(
            NotifierConfig config,
            PostgresDeliveries deliveries,
            Channels channels,
            Members members,
            Reporting reports,
            InstantSource clock) {
        this.config = config;
        this.deliveries = deliveries;
        this.channels = channels;
        this.members = members;
        this.reports = reports;
        this.clock = clock;
        this.backoff = config.retry().backoff();
    }

    void start(@Observes StartupEvent event) {
        sweep.start(config.sweepEvery(), this::wake);
    }

    void stop(@Observes ShutdownEvent event) {
        sweep.stop();
    }

    /** There may be something to do; says so without waiting for the next sweep. */
    public void wake() {
        delivering.call();
        reporting.call();
    }

    private Uni<Void> claim() {
        int free = config.concurrency() - trying.get();
        return free <= 0
                ? Uni.createFrom().voidItem()
                : deliveries
                        .claim(
                                free,
                                config.concurrencyEach(),
                                clock.instant(),
                                config.tryTimeout().plus(MARGIN))
                        .invoke(this::tryAll)
                        .replaceWithVoid();
    }

    private void tryAll(List<Claim> claims) {
        for (Claim claim : claims) {
            trying.incrementAndGet();
            deliver(claim)
                    .onTermination()
                    .invoke(trying::decrementAndGet)
                    .subscribe()
                    .with(
                            recorded -> wake(),
                            // Its lease ends and it is tried again: the recipient may get it twice, under one id.
                            e -> LOG.warnf("How %s went could not be recorded: %s", claim.id(), e.getMessage()));
        }
    }

    private Uni<Void> deliver(Claim claim) {
        return claim.recipient().isLookedUp() ? call(claim) : tell(claim);
    }

    private Uni<Void> call(Claim claim) {
        return Uni.createFrom()
                .completionStage(() -> members.call(claim.errand()))
                .flatMap(roll -> switch (roll) {
                    case Roll.Called(List<Recipient> recipients) ->
                        deliveries.replace(claim, recipients, channels, clock.instant());
                    case Roll.NotCalled(Attempt attempt) -> record(claim, attempt);
                });
    }

    private Uni<Void> tell(Claim claim) {
        return Uni.createFrom()
                .completionStage(() -> channels.deliver(claim.errand()))
                .onFailure()
                .recoverWithItem(e -> new Attempt.Troubled(
                        "The channel failed: " + e.getClass().getSimpleName(), null))
                .call(attempt -> pause(claim.recipient(), attempt))
                .flatMap(attempt -> record(claim, attempt));
    }

    private Uni<Void> record(Claim claim, Attempt attempt) {
        Backoff patience = channels.tellsPeople(claim.recipient()) ? backoff.forPeople() : backoff;
        return deliveries.record(
                claim.id(),
                open -> open.next(attempt, patience, ThreadLocalRandom.current().nextDouble(), clock.instant()));
    }

    private Uni<Void> pause(Recipient recipient, Attempt attempt) {
        return attempt instanceof Attempt.Postponed(String problem, Duration pause, boolean all) && all
                ? deliveries.pause(
                        recipient.channel(), recipient.name(), clock.instant().plus(pause))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> report() {
        return deliveries
                .unpublished(REPORTS, clock.instant(), MARGIN)
                .chain(ended -> reports.publish(
                        ended, Report::event, report -> deliveries.published(report.id(), report.late())));
    }
}
