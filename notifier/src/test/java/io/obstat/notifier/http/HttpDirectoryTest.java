package io.obstat.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Review.Verb;
import io.obstat.notifier.Directory;
import io.obstat.notifier.Samples;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the notifier makes of decision-service's answers, and of those of something else at its address. */
class HttpDirectoryTest {

    private static final ActionId ACTION = Samples.action("asked");
    private static final String NOT_YET =
            "{\"type\":\"urn:obstat:problem:not-found\",\"title\":\"There is no such thing here\",\"status\":404}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String body = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        vertx.closeAndAwait();
    }

    @Test
    void shouldReadWhatDecisionServiceSaysOfOnePerson() {
        // Given
        body = "{\"verbs\":[\"approve\",\"reject\"],\"why\":\"You can decide.\"}";

        // When
        CompletionStage<?> standing = directory(PATIENCE).standing(ACTION, "entra:t", "o & p");

        // Then
        assertThat(standing)
                .succeedsWithin(PATIENCE)
                .isEqualTo(Optional.of(new Directory.Standing(Set.of(Verb.APPROVE, Verb.REJECT), "You can decide.")));
        assertThat(asked)
                .containsExactly("Bearer own-token /v1/approvals/%s/standing?authority=entra%%3At&subject=o+%%26+p"
                        .formatted(ACTION));
    }

    @Test
    void shouldSayThatNobodyIsAskedYetByTheTypeOfTheProblem() {
        // Given
        status = 404;
        body = NOT_YET;

        // When, Then
        assertThat(directory(PATIENCE).audience(ACTION))
                .succeedsWithin(PATIENCE)
                .isEqualTo(Optional.empty());
    }

    /** Or else it would be asked for in silence until the request is over. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | {\"type\":\"about:blank\",\"title\":\"Not Found\"} | it is to be the address of decision-service, without a path",
                "404 | <h1>There is no approval</h1> | it is to be the address of decision-service, without a path",
                "404 | [] | it is to be the address of decision-service, without a path",
                "401 | {} | the notifier's client needs the audience obstat",
                "403 | {} | the group of notifiers (obstat.decision.notifier-group)",
                "503 | {} | answers 503; it is asked again",
            })
    void shouldFailWithTheRemedyForAnyOtherAnswer(int other, String page, String remedy) {
        // Given
        status = other;
        body = page;

        // When, Then
        assertThat(directory(PATIENCE).audience(ACTION))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining(remedy);
    }

    @Test
    void shouldFailInTimeWhenTheAnswerDoesNotCome() {
        // Given
        status = -1;

        // When, Then
        assertThat(directory(SHORT).audience(ACTION))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("did not answer within 200 ms");
    }

    @Test
    void shouldFailInTimeWhenTheAnswerHasBegunAndDoesNotEnd() {
        // Given
        status = -2;

        // When, Then
        assertThat(directory(SHORT).audience(ACTION))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("did not answer within 200 ms");
    }

    private HttpDirectory directory(Duration patience) {
        URI url =
                URI.create("http://localhost:%d/".formatted(server.getAddress().getPort()));
        return new HttpDirectory(
                WebClient.create(vertx), url, () -> Uni.createFrom().item("own-token"), patience);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add("%s %s".formatted(exchange.getRequestHeaders().getFirst("Authorization"), exchange.getRequestURI()));
        if (status == -1) {
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        // Of what never ends, the half.
        exchange.sendResponseHeaders(status == -2 ? 200 : status, status == -2 ? 2L * bytes.length : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
        if (status != -2) {
            exchange.close();
        }
    }
}
