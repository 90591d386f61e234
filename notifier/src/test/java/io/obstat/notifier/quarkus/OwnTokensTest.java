package io.obstat.notifier.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.client.OidcClients;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The notifier's own access tokens, from an issuer that has its moments. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OwnTokensTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(500);

    @Inject
    OidcClients clients;

    private final FakeIssuer issuer = new FakeIssuer();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void shouldUseATokenUntilItIsAboutToExpire() {
        // Given
        OwnTokens tokens = tokens(PATIENCE);

        // When
        String first = tokens.get().await().atMost(PATIENCE);
        String second = tokens.get().await().atMost(PATIENCE);

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(issuer.granted()).isEqualTo(1);
    }

    @Test
    void shouldFailInTimeAndAskAnewWhenTheIssuerDoesNotAnswer() {
        // Given an issuer that leaves one question without an answer
        OwnTokens tokens = tokens(SHORT);
        issuer.silent(true);

        // When, Then
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.get().await().atMost(PATIENCE))
                    .hasMessage("The issuer gave no token within 500 ms; it is asked again");
        }

        // And when it is back, one that is asked for then is not kept waiting by those
        issuer.silent(false);
        assertThat(again(tokens)).isNotBlank();
    }

    /** Again, when the machine stood still. */
    private static String again(OwnTokens tokens) {
        return tokens.get().onFailure().retry().atMost(100).await().atMost(PATIENCE);
    }

    private OwnTokens tokens(Duration patience) {
        return new OwnTokens(clients, issuer.url(), "obstat-notifier", FakeIssuer.CLIENT_SECRET, patience);
    }
}
