package io.obstat.notifier.teams;

import static io.obstat.notifier.teams.Inbound.BOT;
import static io.obstat.notifier.teams.Inbound.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.notifier.Attempt;
import io.obstat.notifier.teams.FakeConnectorService.Received;
import io.obstat.notifier.teams.Sent.NotTaken;
import io.obstat.notifier.teams.Sent.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a request that gets no answer, or none for want of a token. */
class ConnectorTroubleTest {

    private static final String CONVERSATION = "19:abc_def@thread.tacv2;messageid=1632474074231";

    private final FakeConnectorService teams = new FakeConnectorService();
    private final SettableClock clock = new SettableClock(NOW);
    private final BotCredentials credentials = new BotCredentials(
            BOT,
            BotSecret.parse("secret", FakeConnectorService.SECRET),
            teams.tokenUrl(),
            Duration.ofSeconds(30),
            clock);
    private final Connector connector = connector(Duration.ofSeconds(30));

    @AfterEach
    void close() {
        connector.close();
        credentials.close();
        teams.close();
    }

    @Test
    void shouldRenewTheTokenThatWasNotTaken() {
        // Given
        teams.reply(401, "{\"error\":{\"code\":\"BotNotRegistered\"}}", Map.of());
        // When
        Sent first = join(connector.send(teams.serviceUrl(), CONVERSATION, ConnectorTest.card()));
        Sent second = join(connector.send(teams.serviceUrl(), CONVERSATION, ConnectorTest.card()));
        // Then
        assertThat(troubled(first).problem())
                .startsWith("Teams answered 401 'BotNotRegistered'; the token was renewed");
        assertThat(second).isInstanceOf(Taken.class);
        assertThat(teams.received).extracting(Received::token).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(teams.violations).isEmpty();
    }

    @Test
    void shouldSayWhyTheTokenCouldNotBeRenewed() {
        // Given
        teams.reply(401, "", Map.of());
        join(credentials.getToken());
        teams.replyToken(
                401, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: expired\"}", Map.of());
        // When
        Sent posting = join(connector.send(teams.serviceUrl(), CONVERSATION, ConnectorTest.card()));
        // Then
        assertThat(troubled(posting).problem())
                .startsWith("Teams answered 401; No token from")
                .contains("'invalid_client'", "teams.appSecret")
                .doesNotContain(FakeConnectorService.SECRET);
    }

    @Test
    void shouldBeTroubledWithoutATokenAndSendNothing() {
        // Given
        teams.replyToken(429, "{}", Map.of("retry-after", "9"));
        // When
        Sent posting = join(connector.send(teams.serviceUrl(), CONVERSATION, ConnectorTest.card()));
        // Then
        assertThat(troubled(posting).problem()).startsWith("No token from").contains("answered 429");
        assertThat(troubled(posting).retryAfter()).isEqualTo(Duration.ofSeconds(9));
        assertThat(teams.received).isEmpty();
    }

    @Test
    void shouldBeTroubledWhenTheConnectionBreaks() {
        // Given
        teams.reply(-1, "", Map.of());
        // When
        Sent posting = join(connector.send(teams.serviceUrl(), CONVERSATION, ConnectorTest.card()));
        // Then
        assertThat(troubled(posting).problem()).startsWith("Teams is not reachable: ");
        assertThat(teams.received).hasSize(1);
    }

    @Test
    void shouldBeTroubledWhenNobodyListens() {
        // Given
        join(credentials.getToken());
        teams.close();
        // When
        Sent posting = join(connector.send(teams.serviceUrl(), CONVERSATION, ConnectorTest.card()));
        // Then
        assertThat(troubled(posting).problem()).startsWith("Teams is not reachable: ");
    }

    @Test
    void shouldBeTroubledWhenNoAnswerComes() {
        // Given
        join(credentials.getToken());
        teams.reply(0, "", Map.of());
        try (Connector impatient = connector(Duration.ofMillis(300))) {
            // When
            CompletionStage<Sent> sent = impatient.send(teams.serviceUrl(), CONVERSATION, ConnectorTest.card());
            boolean doneAtOnce = sent.toCompletableFuture().isDone();
            // Then
            assertThat(doneAtOnce).isFalse();
            assertThat(troubled(join(sent)).problem()).isEqualTo("No answer within PT0.3S");
        }
    }

    private Connector connector(Duration timeout) {
        return new Connector(BOT, new ServiceUrls(List.of(teams.origin())), credentials, timeout, clock);
    }

    private static Attempt.Troubled troubled(Sent posting) {
        assertThat(posting).isInstanceOf(NotTaken.class);
        assertThat(posting.attempt()).isInstanceOf(Attempt.Troubled.class);
        return (Attempt.Troubled) posting.attempt();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
