package io.obstat.notifier.quarkus;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientConfigBuilder;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.OidcClientConfig;
import io.quarkus.oidc.client.runtime.TokensHelper;
import io.quarkus.oidc.common.runtime.config.OidcClientCommonConfig.Credentials.Secret.Method;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Our own access tokens (client credentials), each used until it is about to expire. The issuer is asked for nothing before one is needed. */
final class OwnTokens implements Supplier<Uni<String>> {

    private static final Logger LOG = Logger.getLogger(OwnTokens.class);

    private final OidcClients clients;
    private final OidcClientConfig config;
    private final Duration patience;
    private volatile TokensHelper tokens = new TokensHelper();
    private final AtomicReference<@Nullable OidcClient> client = new AtomicReference<>();

    /** @param patience how long the issuer may take */
    OwnTokens(OidcClients clients, String issuer, String clientId, String clientSecret, Duration patience) {
        this.clients = clients;
        this.patience = patience;
        this.config = new OidcClientConfigBuilder()
                .authServerUrl(issuer)
                .id(clientId)
                .clientId(clientId)
                .credentials()
                .clientSecret(clientSecret, Method.POST)
                .end()
                .build();
    }

    @Override
    public Uni<String> get() {
        return client().chain(known -> tokens.getTokens(known))
                .ifNoItem()
                .after(patience)
                .failWith(() -> new IllegalStateException(
                        "The issuer gave no token within %d ms; it is asked again".formatted(patience.toMillis())))
                .onFailure()
                .invoke(this::forget)
                .map(Tokens::getAccessToken);
    }

    /**
     * The issuer may never answer what it was asked, and whoever asks next would wait for the same answer. Who waits for this client's fails, and
     * asks again.
     */
    private void forget() {
        OidcClient known = client.getAndSet(null);
        tokens = new TokensHelper();
        if (known == null) {
            return;
        }
        try {
            known.close();
        } catch (IOException e) {
            LOG.warnf("A client of the issuer was not closed: %s", e.getMessage());
        }
    }

    private Uni<OidcClient> client() {
        OidcClient known = client.get();
        return known != null
                ? Uni.createFrom().item(known)
                : clients.newClient(config).invoke(client::set);
    }
}
