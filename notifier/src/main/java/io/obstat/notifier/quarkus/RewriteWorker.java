package io.obstat.notifier.quarkus;

import io.obstat.notifier.Attempt;
import io.obstat.notifier.Backoff;
import io.obstat.notifier.Card;
import io.obstat.notifier.Chat;
import io.obstat.notifier.Chats;
import io.obstat.notifier.Composer;
import io.obstat.notifier.postgres.PostgresCards;
import io.obstat.notifier.postgres.PostgresCards.Report;
import io.obstat.notifier.postgres.PostgresCards.Stale;
import io.obstat.notifier.postgres.PostgresDeliveries;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Rewrites the cards that show less than there is to show, each by one try at a time and as often as it takes. News that come in quick
 * succession are one rewrite.
 */
@ApplicationScoped
public class RewriteWorker {

    private static final Logger LOG = Logger.getLogger(RewriteWorker.class);
    private static final Duration MARGIN = Duration.ofSeconds(20);
    private static final int REPORTS = 100;

    private final NotifierConfig config;
    private final PostgresCards cards;
    private final PostgresDeliveries deliveries;
    private final Chats chats;
    private final Reporting reports;
    private final InstantSource clock;
    private final Backoff backoff;
    private final Turns rewriting =
            new Turns(this::claim, e -> LOG.warnf("Cards wait for the database: %s", e.getMessage()));
    private final Turns reporting =
            new Turns(this::report, e -> LOG.warnf("Rewritten cards wait to be put on record: %s", e.getMessage()));
    private final AtomicInteger trying = new AtomicInteger();
    private final Sweep sweep = new Sweep();

    RewriteWorker(
            NotifierConfig config,
            PostgresCards cards,
            PostgresDeliveries deliveries,
            Chats chats,
            Reporting reports,
            InstantSource clock) {
        this.config = config;
        this.cards = cards;
        this.deliveries = deliveries;
        this.chats = chats;
        this.reports = reports;
        this.clock = clock;
        this.backoff = config.retry().backoff().forPeople();
    }

    void start(@Observes StartupEvent event) {
        if (chats.isEmpty()) {
            return;
        }
        sweep.start(config.sweepEvery(), this::wake);
    }

    void stop(@Observes ShutdownEvent event) {
        sweep.stop();
    }

    /** There may be something to rewrite; says so without waiting for the next sweep. */
    public void wake() {
        if (!chats.isEmpty()) {
            rewriting.call();
            reporting.call();
        }
    }

    private Uni<Void> claim() {
        int free = config.concurrency() - trying.get();
        return free <= 0
                ? Uni.createFrom().voidItem()
                : cards.stale(free, clock.instant(), config.tryTimeout().plus(MARGIN))
                        .invoke(this::rewriteAll)
                        .replaceWithVoid();
    }

    private void rewriteAll(List<Stale> stale) {
        for (Stale card : stale) {
            trying.incrementAndGet();
            Uni.createFrom()
                    .deferred(() -> rewrite(card))
                    .onTermination()
                    .invoke(trying::decrementAndGet)
                    .subscribe()
                    .with(
                            recorded -> wake(),
                            // Its lease ends and it is rewritten again, which does no harm.
                            e -> LOG.warnf("How card %s went could not be recorded: %s", card.id(), e.getMessage()));
        }
    }

    private Uni<Void> rewrite(Stale stale) {
        Optional<Chat> chat = chats.named(stale.recipient().channel());
        Optional<Card> card = Composer.card(stale.approval());
        String face = card.map(Card::face).orElse("");
        if (face.equals(stale.face())) {
            return cards.looksTheSame(stale);
        }
        Uni<Attempt> attempt = chat.isPresent() && card.isPresent()
                ? Uni.createFrom()
                        .completionStage(() -> chat.get().rewrite(stale.id(), stale.message(), card.get()))
                        .onFailure()
                        .recoverWithItem(e -> new Attempt.Troubled(
                                "The chat failed: " + e.getClass().getSimpleName(), null))
                : Uni.createFrom().item(new Attempt.Forbidden("The chat is configured no more"));
        return attempt.call(answer -> pause(stale, answer))
                .flatMap(answer -> cards.record(
                        stale,
                        face,
                        answer,
                        backoff,
                        ThreadLocalRandom.current().nextDouble(),
                        clock.instant()));
    }

    private Uni<Void> pause(Stale stale, Attempt attempt) {
        return attempt instanceof Attempt.Postponed(String problem, Duration pause, boolean all) && all
                ? deliveries.pause(
                        stale.recipient().channel(), "", clock.instant().plus(pause))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> report() {
        return cards.reports(REPORTS).chain(rewritten -> reports.publish(rewritten, Report::event, cards::reported));
    }
}
