package io.obstat.intake.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What request-intake needs around it: a real PostgreSQL, an OIDC issuer, and channels in memory in place of Kafka. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

    /** A wait ends as soon as what it waits for is there, so a long one costs nothing and survives a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private @Nullable EmbeddedPostgres postgres;
    private @Nullable Issuer issuer;

    @Override
    public Map<String, String> start() {
        Awaitility.setDefaultTimeout(PATIENCE);
        try {
            postgres = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
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
        config.put("obstat.intake.public-url", "http://intake.example.com");
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
