package io.obstat.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Review.Verb;
import io.obstat.notifier.Directory;
import io.obstat.notifier.Samples;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the notifier makes of decision-service's answers, and of those of something else at its address. */
class HttpDirectoryTest {

    private static final ActionId ACTION = Samples.action("asked");
    private static final String NOT_YET =
            "{\"type\":\"urn:obstat:problem:not-found\",\"title\":\"There is no such thing here\",\"status\":404}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    /** Instead of a status: no answer at all, and one of which only the half comes. */
    private static final int SILENT = -1;

    private static final int HALF = -2;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "{}";

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

    @ParameterizedTest
    @ValueSource(ints = {SILENT, HALF})
    void shouldFailInTimeWhenTheAnswerDoesNotComeOrDoesNotEnd(int never) {
        // Given
        status = never;

        // When, Then
        assertThat(directory(SHORT).audience(ACTION))
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("did not answer within 200 ms");
    }

    /** Or else those that never ended would hold all its connections for good. */
    @ParameterizedTest
    @ValueSource(ints = {SILENT, HALF})
    void shouldBeAnsweredAgainAfterManyAnswersThatNeverCame(int never) {
        // Given
        HttpDirectory directory = directory(SHORT);
        status = never;
        List<CompletionStage<?>> unanswered = IntStream.range(0, 20)
                .<CompletionStage<?>>mapToObj(i -> directory.audience(ACTION))
                .toList();
        unanswered.forEach(stage -> assertThat(stage).failsWithin(PATIENCE));

        // When
        status = 404;
        body = NOT_YET;

        // Then
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> directory.audience(ACTION).toCompletableFuture().join(), Optional::isEmpty);
    }

    private HttpDirectory directory(Duration patience) {
        URI url =
                URI.create("http://localhost:%d/".formatted(server.getAddress().getPort()));
        return new HttpDirectory(vertx, url, () -> Uni.createFrom().item("own-token"), patience);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add("%s %s".formatted(exchange.getRequestHeaders().getFirst("Authorization"), exchange.getRequestURI()));
        if (status == SILENT) {
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        boolean half = status == HALF;
        exchange.sendResponseHeaders(half ? 200 : status, half ? 2L * bytes.length : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
        if (!half) {
            exchange.close();
        }
    }
}
