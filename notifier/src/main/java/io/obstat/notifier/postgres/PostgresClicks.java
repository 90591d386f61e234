package io.obstat.notifier.postgres;

import io.obstat.contracts.ReviewId;
import io.obstat.notifier.Clicks;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where people clicked, in PostgreSQL. */
@ApplicationScoped
class PostgresClicks implements Clicks {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final String NOTE =
            "INSERT INTO notifier.click (review_id, place, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    private static final String FORGET = "DELETE FROM notifier.click WHERE at < ?1";
    private static final String PLACE = "SELECT place FROM notifier.click WHERE review_id = ?1";

    private final Transactions transactions;

    PostgresClicks(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public CompletionStage<Void> note(ReviewId review, String place, Instant at) {
        return transactions
                .run(session -> session.createNativeQuery(FORGET)
                        .setParameter(1, at.minus(KEPT))
                        .executeUpdate()
                        .chain(() -> session.createNativeQuery(NOTE)
                                .setParameter(1, review.value())
                                .setParameter(2, place)
                                .setParameter(3, at)
                                .executeUpdate())
                        .replaceWithVoid())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Optional<String>> place(ReviewId review) {
        return transactions
                .run(session -> session.createNativeQuery(PLACE, String.class)
                        .setParameter(1, review.value())
                        .getResultList()
                        .map(places -> places.stream().findFirst()))
                .subscribeAsCompletionStage();
    }
}
