package io.obstat.decision.road;

import io.obstat.decision.jose.TestKeys;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What decision-service needs around it: a real PostgreSQL, an OIDC issuer, a signing key, and channels in memory in place of Kafka. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

    /** Short, because tests wait for it to end; long enough that a healthy publisher is done before. */
    static final Duration LEASE = Duration.ofSeconds(3);

    /** A wait ends as soon as what it waits for is there, so a long one costs nothing and survives a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private @Nullable EmbeddedPostgres postgres;
    private @Nullable Issuer issuer;
    private @Nullable Path key;

    @Override
    public Map<String, String> start() {
        Awaitility.setDefaultTimeout(PATIENCE);
        try {
            postgres = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
            issuer = Issuer.start();
            key = Files.createTempFile("obstat-decision", ".jwk");
            Files.writeString(key, TestKeys.newEd25519Jwk());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> config = new HashMap<>();
        int port = postgres.getPort();
        config.put("quarkus.http.test-port", "0");
        // Longer than the longest wait for a decision, so that a test and not its client says what took too long.
        config.put("quarkus.http.test-timeout", Duration.ofSeconds(90).toString());
        config.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://localhost:%d/postgres".formatted(port));
        config.put("quarkus.datasource.reactive.url", "postgresql://localhost:%d/postgres".formatted(port));
        config.put("quarkus.datasource.username", "postgres");
        config.put("quarkus.datasource.password", "postgres");
        config.put("quarkus.oidc.auth-server-url", issuer.url());
        config.put("obstat.decision.signing-key-file", key.toString());
        config.put("obstat.decision.issuer", "http://decisions.example.com");
        // Where Chromium finds this service, whatever its port: see the tests of security keys.
        config.put("obstat.decision.security-keys.origin", "http://localhost");
        config.put("obstat.decision.outbox.lease", LEASE.toString());
        List.of("verdicts", "actions", "reviews", "notifications", "policies")
                .forEach(channel -> config.putAll(InMemoryConnector.switchIncomingChannelsToInMemory(channel)));
        config.putAll(InMemoryConnector.switchOutgoingChannelsToInMemory("facts"));
        return config;
    }

    @Override
    public void inject(TestInjector injector) {
        if (issuer != null) {
            injector.injectIntoFields(new Tokens(issuer), new TestInjector.MatchesType(Tokens.class));
        }
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
            if (key != null) {
                Files.deleteIfExists(key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
