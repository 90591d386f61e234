package io.obstat.intake.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What request-intake needs around it: a real PostgreSQL, an OIDC issuer, and channels in memory in place of Kafka. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedPostgres postgres;
    private @Nullable Issuer issuer;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder().start();
            issuer = Issuer.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> config = new HashMap<>();
        int port = postgres.getPort();
        config.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost:%d/postgres".formatted(port));
        config.put("quarkus.datasource.reactive.url", "postgresql://localhost:%d/postgres".formatted(port));
        config.put("quarkus.datasource.username", "postgres");
        config.put("quarkus.datasource.password", "postgres");
        config.put("quarkus.oidc.auth-server-url", issuer.url());
        config.putAll(InMemoryConnector.switchIncomingChannelsToInMemory("intents"));
        config.putAll(InMemoryConnector.switchIncomingChannelsToInMemory("decisions"));
        config.putAll(InMemoryConnector.switchIncomingChannelsToInMemory("decisions-wake"));
        config.putAll(InMemoryConnector.switchOutgoingChannelsToInMemory("actions"));
        return config;
    }

    @Override
    public void stop() {
        try {
            if (issuer != null) {
                issuer.close();
            }
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
