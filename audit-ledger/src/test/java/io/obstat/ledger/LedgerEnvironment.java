package io.obstat.ledger;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL and an OIDC issuer for wiring tests. Puts a maker of tokens into the test's field {@code tokens}: claims in, JWT out. */
public final class LedgerEnvironment implements QuarkusTestResourceLifecycleManager {
    private static final String ISSUER = "obstat";
    private static final long AN_HOUR = 3_600;

    private @Nullable EmbeddedPostgres postgres;
    private @Nullable MockOAuth2Server issuer;

    @Override
    public Map<String, String> start() {
        try {
            // Ten seconds, the default, are too few on a machine that builds several services at once.
            postgres = EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuer = new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"interactiveLogin\": true}"));
        issuer.start();
        String address = "localhost:%d/postgres".formatted(postgres.getPort());
        return Map.of(
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://" + address,
                "quarkus.datasource.reactive.url",
                "postgresql://" + address,
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres",
                "quarkus.oidc.auth-server-url",
                issuer.issuerUrl(ISSUER).toString());
    }

    @Override
    public void inject(TestInjector injector) {
        Function<Map<String, Object>, String> tokens = this::token;
        injector.injectIntoFields(tokens, field -> field.getName().equals("tokens"));
    }

    private String token(Map<String, Object> claims) {
        if (issuer == null) {
            throw new IllegalStateException("Not started");
        }
        String audience = String.valueOf(claims.getOrDefault("aud", "obstat"));
        long expiresIn = claims.containsKey("expired") ? -AN_HOUR : AN_HOUR;
        return issuer.issueToken(
                        String.valueOf(claims.getOrDefault("issuer", ISSUER)),
                        String.valueOf(claims.get("sub")),
                        audience,
                        claims,
                        expiresIn)
                .serialize();
    }

    @Override
    public void stop() {
        if (issuer != null) {
            issuer.shutdown();
        }
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
