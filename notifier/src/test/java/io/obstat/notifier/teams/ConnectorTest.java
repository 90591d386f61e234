package io.obstat.notifier.teams;

import static io.obstat.notifier.teams.Inbound.BOT;
import static io.obstat.notifier.teams.Inbound.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ActivityTypes;
import com.microsoft.bot.schema.Attachment;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.teams.FakeConnectorService.Received;
import io.obstat.notifier.teams.Sent.NotTaken;
import io.obstat.notifier.teams.Sent.Taken;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorTest {

    private static final String CONVERSATION = "19:abc_def@thread.tacv2;messageid=1632474074231";
    private static final String IN_PATH = "/teams/v3/conversations/19:abc_def@thread.tacv2;messageid=1632474074231";

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
    void shouldSend() {
        // Given
        teams.reply(201, "{\"id\":\"1700000000000\"}", Map.of());
        // When
        Sent posting = join(connector.send(teams.serviceUrl(), CONVERSATION, card()));
        // Then
        assertThat(posting).isEqualTo(new Taken("1700000000000"));
        assertThat(posting.attempt()).isEqualTo(new Attempt.Accepted());
        assertThat(teams.violations).isEmpty();
        Received received = only();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.path()).isEqualTo(IN_PATH + "/activities");
        assertCard(received.body());
    }

    @Test
    void shouldUpdate() {
        // Given
        teams.reply(200, "{\"id\":\"1700000000000\"}", Map.of());
        // When
        Sent posting = join(connector.update(teams.serviceUrl(), CONVERSATION, "1700000000000", card()));
        // Then
        assertThat(posting).isEqualTo(new Taken("1700000000000"));
        assertThat(teams.violations).isEmpty();
        assertThat(only().method()).isEqualTo("PUT");
        assertThat(only().path()).isEqualTo(IN_PATH + "/activities/1700000000000");
        assertCard(only().body());
    }

    @Test
    void shouldDelete() {
        // Given
        teams.reply(200, "", Map.of());
        // When
        Sent posting = join(connector.delete(teams.serviceUrl(), CONVERSATION, "1700000000000"));
        // Then
        assertThat(posting).isEqualTo(new Taken(null));
        assertThat(teams.violations).isEmpty();
        assertThat(only().method()).isEqualTo("DELETE");
        assertThat(only().path()).isEqualTo(IN_PATH + "/activities/1700000000000");
    }

    @Test
    void shouldOpenAPersonalConversation() throws Exception {
        // Given
        teams.reply(201, "{\"id\":\"a:1abc\",\"activityId\":\"5\",\"serviceUrl\":\"https://elsewhere/\"}", Map.of());
        // When
        Sent posting = join(connector.openPersonal(teams.serviceUrl(), "29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39"));
        // Then
        assertThat(posting).isEqualTo(new Taken("a:1abc"));
        assertThat(teams.violations).isEmpty();
        assertThat(only().method()).isEqualTo("POST");
        assertThat(only().path()).isEqualTo("/teams/v3/conversations");
        assertThat(only().body())
                .isEqualTo(new ObjectMapper().readTree("""
                        {"isGroup":false,"bot":{"id":"28:%s"},"members":[{"id":"29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39"}],
                         "tenantId":"%s","channelData":{"tenant":{"id":"%s"}}}""".formatted(BOT.appId(), BOT.tenantId(), BOT.tenantId())));
    }

    @ParameterizedTest
    @CsvSource({"200,''", "200,{}", "201,not JSON", "202,''", "204,''", "206,{}"})
    void shouldNotSendAgainWhatWasTakenWithoutAnId(int status, String body) {
        // Given
        teams.reply(status, body, Map.of());
        // When
        Sent posting = join(connector.send(teams.serviceUrl(), CONVERSATION, card()));
        // Then
        assertThat(posting).isEqualTo(new Taken(null));
    }

    @ParameterizedTest
    @CsvSource({"200,''", "200,{}", "201,not JSON", "204,''"})
    void shouldAskAgainForAConversationWithoutAName(int status, String body) {
        // Given
        teams.reply(status, body, Map.of());
        // When
        Sent posting = join(connector.openPersonal(teams.serviceUrl(), "29:1"));
        // Then
        assertThat(troubled(posting).problem()).contains("without naming it");
    }

    record Mapped(int status, String code, boolean again, String says) {}

    static Stream<Mapped> answers() {
        return Stream.of(
                new Mapped(300, "", false, "redirects are not followed"),
                new Mapped(302, "", false, "redirects are not followed"),
                new Mapped(400, "BadSyntax", false, "does not want it"),
                new Mapped(402, "", false, "does not want it"),
                new Mapped(403, "ForbiddenOperationException", false, "install the app"),
                new Mapped(403, "", false, "install the app"),
                new Mapped(404, "ConversationNotFound", false, "is gone"),
                new Mapped(405, "", false, "does not want it"),
                new Mapped(408, "", true, ""),
                new Mapped(409, "Conflict", false, "does not want it"),
                new Mapped(410, "", false, "does not want it"),
                new Mapped(412, "PreconditionFailed", true, ""),
                new Mapped(413, "MessageSizeTooBig", false, "too large"),
                new Mapped(415, "", false, "does not want it"),
                new Mapped(425, "", true, ""),
                new Mapped(500, "ServiceError", true, ""),
                new Mapped(501, "", true, ""),
                new Mapped(502, "", true, ""),
                new Mapped(503, "", true, ""),
                new Mapped(504, "", true, ""),
                new Mapped(599, "", true, ""));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void shouldMapEachAnswerOfEachOperation(Mapped mapped) {
        // Given
        List<CompletionStage<Sent>> operations = operations(mapped);
        // When
        List<Sent> postings = operations.stream().map(ConnectorTest::join).toList();
        // Then
        assertThat(postings).hasSize(4).allSatisfy(posting -> {
            String problem = mapped.again()
                    ? troubled(posting).problem()
                    : refused(posting).problem();
            assertThat(problem)
                    .startsWith("Teams answered " + mapped.status()
                            + (mapped.code().isEmpty() ? "" : " '" + mapped.code() + "'"))
                    .contains(mapped.says());
            if (mapped.again()) {
                assertThat(troubled(posting).retryAfter()).isNull();
            }
        });
        assertThat(teams.violations).isEmpty();
        // One request a try: the SDK's own retries are off.
        assertThat(teams.received).hasSize(4);
    }

    private List<CompletionStage<Sent>> operations(Mapped mapped) {
        String body = mapped.code().isEmpty()
                ? "<html>gateway</html>"
                : "{\"error\":{\"code\":\"%s\",\"message\":\"m\"}}".formatted(mapped.code());
        for (int i = 0; i < 4; i++) {
            teams.reply(mapped.status(), body, Map.of("location", teams.origin() + "teams/v3/conversations"));
        }
        return List.of(
                connector.send(teams.serviceUrl(), CONVERSATION, card()),
                connector.update(teams.serviceUrl(), CONVERSATION, "1", card()),
                connector.delete(teams.serviceUrl(), CONVERSATION, "1"),
                connector.openPersonal(teams.serviceUrl(), "29:1"));
    }

    @ParameterizedTest
    @CsvSource({
        "503,17,17",
        "503,'Sat, 28 Nov 2026 10:01:00 GMT',60",
        "503,soon,",
        "503,120,120",
        "412,3,3",
        "502,1,1",
        "500,99999999999,31536000"
    })
    void shouldHandOnRetryAfter(int status, String header, Long seconds) {
        // Given
        teams.reply(status, "{\"error\":{\"code\":\"Throttled\"}}", Map.of("retry-after", header));
        // When
        Sent posting = join(connector.send(teams.serviceUrl(), CONVERSATION, card()));
        // Then
        assertThat(troubled(posting).retryAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
        assertThat(teams.received).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"17,17", "soon,1"})
    void shouldNotCountATryThatTeamsHadNoRoomFor(String header, long seconds) {
        // Given
        teams.reply(429, "{\"error\":{\"code\":\"Throttled\"}}", Map.of("retry-after", header));
        // When
        Sent sent = join(connector.send(teams.serviceUrl(), CONVERSATION, card()));
        // Then
        assertThat(sent.attempt())
                .isEqualTo(new Attempt.Postponed("Teams answered 429 'Throttled'", Duration.ofSeconds(seconds), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.com/",
                "http://localhost:1/teams/",
                "http://localhost@evil.com/",
                "http://localhost.evil.com/",
                "not a url"
            })
    void shouldSendOurTokenNowhereElse(String serviceUrl) {
        // When
        Sent posting = join(connector.send(serviceUrl, CONVERSATION, card()));
        // Then
        assertThat(posting.attempt())
                .isInstanceOfSatisfying(
                        Attempt.Forbidden.class,
                        forbidden -> assertThat(forbidden.problem()).contains("obstat.notifier.teams.service-url"));
        assertThat(teams.tokensGiven).hasValue(0);
    }

    @Test
    void shouldSendManyAtATime() {
        // Given
        List<CompletionStage<Sent>> sent = IntStream.range(0, 200)
                .mapToObj(i -> connector.send(teams.serviceUrl(), "a:" + i, card()))
                .toList();
        // When
        List<Sent> postings = sent.stream().map(ConnectorTest::join).toList();
        // Then
        assertThat(postings).allSatisfy(posting -> assertThat(posting).isInstanceOf(Taken.class));
        assertThat(teams.received).hasSize(200);
        assertThat(teams.tokensGiven).hasValue(1);
    }

    @Test
    void shouldSendNoTokenToTheEmulator() {
        // Given
        try (var toEmulator =
                Connector.toEmulator(new ServiceUrls(List.of(teams.origin())), Duration.ofSeconds(30), clock)) {
            teams.reply(401, "", Map.of());
            // When
            Sent posting = join(toEmulator.send(teams.serviceUrl(), "a:1", card()));
            // Then
            assertThat(only().token()).isEqualTo("null");
            assertThat(troubled(posting).problem()).contains("no token was sent");
            assertThatThrownBy(() ->
                            Connector.toEmulator(new ServiceUrls(ServiceUrls.TEAMS), Duration.ofSeconds(30), clock))
                    .isInstanceOf(InvalidFieldException.class)
                    .hasMessageContainingAll("obstat.notifier.teams.emulator", "obstat.notifier.teams.service-url");
        }
    }

    private Connector connector(Duration timeout) {
        return new Connector(BOT, new ServiceUrls(List.of(teams.origin())), credentials, timeout, clock);
    }

    /** Maps with lists in them, as cards are built; the SDK's validator chokes on those. */
    static Activity card() {
        var attachment = new Attachment();
        attachment.setContentType("application/vnd.microsoft.card.adaptive");
        attachment.setContent(Map.of(
                "type", "AdaptiveCard", "body", List.of(Map.of("type", "TextBlock", "text", "Größe ✓", "wrap", true))));
        var activity = new Activity(ActivityTypes.MESSAGE);
        activity.setSummary("Approve?");
        activity.setProperties(
                "unknownToTheSdk", new ObjectMapper().createObjectNode().put("a", 1));
        activity.setAttachments(List.of(attachment));
        activity.setChannelData(Map.of("notification", Map.of("alert", true), "list", List.of(Map.of("a", 1))));
        return activity;
    }

    private static void assertCard(JsonNode body) {
        assertThat(body.at("/type").asText()).isEqualTo("message");
        assertThat(body.at("/summary").asText()).isEqualTo("Approve?");
        assertThat(body.at("/unknownToTheSdk/a").asInt()).isEqualTo(1);
        assertThat(body.has("properties")).isFalse();
        assertThat(body.at("/channelData/notification/alert").asBoolean()).isTrue();
        assertThat(body.at("/attachments/0/contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(body.at("/attachments/0/content/body/0").toString())
                .contains("\"text\":\"Größe ✓\"", "\"wrap\":true");
    }

    private Received only() {
        assertThat(teams.received).hasSize(1);
        return teams.received.getFirst();
    }

    private static Attempt.Troubled troubled(Sent posting) {
        assertThat(posting).isInstanceOf(NotTaken.class);
        assertThat(posting.attempt()).isInstanceOf(Attempt.Troubled.class);
        return (Attempt.Troubled) posting.attempt();
    }

    private static Attempt.Refused refused(Sent posting) {
        assertThat(posting.attempt()).isInstanceOf(Attempt.Refused.class);
        return (Attempt.Refused) posting.attempt();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
