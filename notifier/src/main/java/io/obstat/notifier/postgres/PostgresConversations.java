package io.obstat.notifier.postgres;

import io.obstat.notifier.Conversations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where conversations are reached, in PostgreSQL. */
@ApplicationScoped
class PostgresConversations implements Conversations {

    private static final String HEARD = """
            INSERT INTO notifier.conversation (id, service_url, heard_at) VALUES (?1, ?2, ?3)
            ON CONFLICT (id) DO UPDATE SET service_url = excluded.service_url, heard_at = excluded.heard_at
            """;
    private static final String SERVICE_URL = "SELECT service_url FROM notifier.conversation WHERE id = ?1";

    private final Transactions transactions;

    PostgresConversations(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public CompletionStage<Void> heard(String conversation, String serviceUrl, Instant at) {
        return transactions
                .run(session -> session.createNativeQuery(HEARD)
                        .setParameter(1, conversation)
                        .setParameter(2, serviceUrl)
                        .setParameter(3, at)
                        .executeUpdate()
                        .replaceWithVoid())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Optional<String>> serviceUrl(String conversation) {
        return transactions
                .run(session -> session.createNativeQuery(SERVICE_URL, String.class)
                        .setParameter(1, conversation)
                        .getResultList()
                        .map(urls -> urls.stream().findFirst()))
                .subscribeAsCompletionStage();
    }
}
