package io.obstat.notifier.teams;

import static io.obstat.notifier.teams.Inbound.BOT;
import static io.obstat.notifier.teams.Inbound.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.InvalidFieldException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotCredentialsTest {

    private static final BotSecret SECRET = BotSecret.parse("secret", FakeConnectorService.SECRET);

    private final FakeConnectorService teams = new FakeConnectorService();
    private final SettableClock clock = new SettableClock(NOW);
    private final BotCredentials credentials =
            new BotCredentials(BOT, SECRET, teams.tokenUrl(), Duration.ofSeconds(30), clock);

    @AfterEach
    void close() {
        credentials.close();
        teams.close();
    }

    @Test
    void shouldKeepTheTokenUntilFiveMinutesBeforeItsEnd() {
        // Given
        String first = credentials.getToken().join();
        // When
        clock.advance(Duration.ofMinutes(55).minusMillis(1));
        String kept = credentials.getToken().join();
        clock.advance(Duration.ofMillis(1));
        String renewed = credentials.getToken().join();
        // Then
        assertThat(List.of(first, kept, renewed)).containsExactly("token-1", "token-1", "token-2");
        assertThat(teams.violations).isEmpty();
    }

    @Test
    void shouldFetchOnceForAllWhoWait() {
        // When
        List<CompletableFuture<String>> tokens =
                IntStream.range(0, 100).mapToObj(i -> credentials.getToken()).toList();
        // Then
        assertThat(tokens).allSatisfy(token -> assertThat(token.join()).isEqualTo("token-1"));
        assertThat(teams.tokensGiven).hasValue(1);
    }

    @Test
    void shouldRenewOnlyTheTokenThatWasRejected() {
        // Given
        credentials.getToken().join();
        // When
        String renewed = credentials.renewed("token-1").join();
        String again = credentials.renewed("token-1").join();
        // Then
        assertThat(renewed).isEqualTo("token-2");
        assertThat(again).isEqualTo("token-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":\"unauthorized_client\"} | answered 400 'unauthorized_client'; see whether teams.app",
                "401 | {\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215\"} | 401 'invalid_client'; see",
                "302 | {} | answered 302",
                "500 | <html> | answered 500",
                "200 | <html> | without a Bearer access_token",
                "200 | {\"token_type\":\"Bearer\",\"expires_in\":3600} | without a Bearer access_token",
                "200 | {\"token_type\":\"mac\",\"expires_in\":3600,\"access_token\":\"t\"} | without a Bearer access_token",
                "200 | {\"token_type\":\"Bearer\",\"access_token\":\"t\"} | without a Bearer access_token",
                "200 | {\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"a b\"} | without a Bearer",
            })
    void shouldSayWhyThereIsNoTokenAndTryAgainWhenAsked(int status, String body, String says) {
        // Given
        teams.replyToken(status, body, Map.of("location", teams.tokenUrl().toString()));
        // When / Then
        assertThatThrownBy(() -> credentials.getToken().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining(says)
                .message()
                .doesNotContain(FakeConnectorService.SECRET)
                .doesNotContain("AADSTS");
        assertThat(credentials.getToken().join()).isEqualTo("token-1");
    }

    @Test
    void shouldGiveUpOnAnEndpointThatHangs() {
        // Given
        teams.replyToken(0, "", Map.of());
        try (var impatient = new BotCredentials(BOT, SECRET, teams.tokenUrl(), Duration.ofMillis(300), clock)) {
            // When / Then
            assertThatThrownBy(() -> impatient.getToken().join())
                    .cause()
                    .isInstanceOf(TokenUnavailableException.class)
                    .hasMessageContaining("no answer within PT0.3S");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.microsoftonline.com/t/oauth2/v2.0/token",
                "ftp://localhost/",
                "http://127.0.0.1.evil.com/"
            })
    void shouldNotSendTheSecretInTheClear(String tokenUrl) {
        // When / Then
        assertThatThrownBy(() -> new BotCredentials(BOT, SECRET, URI.create(tokenUrl), Duration.ofSeconds(1), clock))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("obstat.notifier.teams.token-url");
    }

    @Test
    void shouldKnowMicrosoftsTokenEndpoint() {
        // When / Then
        assertThat(BotCredentials.tokenUrl("t1")).hasToString("https://login.microsoftonline.com/t1/oauth2/v2.0/token");
        assertThat(SECRET).hasToString("secret …");
    }
}
