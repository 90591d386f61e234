package io.obstat.sdk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.obstat.sdk.RefusedException;
import io.obstat.sdk.UnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientCredentialsTest {

    private final List<String> forms = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private final AtomicInteger issued = new AtomicInteger();
    private volatile Instant now = Instant.parse("2026-11-22T09:00:00Z");
    private volatile int status = 200;
    private HttpServer issuer;

    @BeforeEach
    void start() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext(
                "/obstat/.well-known/openid-configuration",
                exchange -> answer(exchange, 200, "{\"token_endpoint\":\"" + address() + "/token\"}"));
        issuer.createContext("/obstat/token", exchange -> {
            forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            credentials.add(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(
                    exchange,
                    status,
                    status == 200
                            ? "{\"access_token\":\"t%d\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                                    .formatted(issued.incrementAndGet())
                            : "{\"error\":\"invalid_client\"}");
        });
        issuer.start();
    }

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    @Test
    void shouldAskAsTheStandardSays() throws InterruptedException {
        // Given
        TokenSource tokens =
                ClientCredentials.of(address(), "etl agent", "s:ecret&").with("scope", "obstat");

        // When
        String token = tokens.token();

        // Then
        assertThat(token).isEqualTo("t1");
        assertThat(forms.getFirst().split("&"))
                .containsExactlyInAnyOrder("grant_type=client_credentials", "scope=obstat");
        assertThat(credentials.getFirst())
                .isEqualTo("Basic "
                        + java.util.Base64.getEncoder()
                                .encodeToString("etl+agent:s%3Aecret%26".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldKeepATokenUntilItIsAboutToExpire() throws InterruptedException {
        // Given
        TokenSource tokens =
                ClientCredentials.of(address(), "etl-agent", "secret").at(() -> now);
        tokens.token();

        // When
        now = now.plus(Duration.ofSeconds(269));
        String kept = tokens.token();
        now = now.plus(Duration.ofSeconds(1));
        String renewed = tokens.token();

        // Then
        assertThat(List.of(kept, renewed)).containsExactly("t1", "t2");
    }

    @Test
    void shouldReplaceARefusedTokenAndOnlyThat() throws InterruptedException {
        // Given
        TokenSource tokens = ClientCredentials.of(address(), "etl-agent", "secret");
        tokens.token();

        // When
        tokens.rejected("another");
        String kept = tokens.token();
        tokens.rejected("t1");
        String replaced = tokens.token();

        // Then
        assertThat(List.of(kept, replaced)).containsExactly("t1", "t2");
    }

    @Test
    void shouldTellRefusedFromUnreachable() {
        // Given
        TokenSource tokens = ClientCredentials.of(address(), "etl-agent", "wrong");

        // When / Then
        status = 401;
        assertThatThrownBy(tokens::token)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("invalid_client")
                .hasMessageContaining("check the client's id and secret")
                .hasMessageNotContaining("wrong");
        status = 503;
        assertThatThrownBy(tokens::token)
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("answers 503");
        issuer.stop(0);
        assertThatThrownBy(tokens::token)
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("does not answer");
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/obstat");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
