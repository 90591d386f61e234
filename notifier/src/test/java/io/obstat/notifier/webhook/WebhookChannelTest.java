package io.obstat.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.notifier.Approval;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Errand;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Notices;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Samples;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.mutiny.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebhookChannelTest {

    private static final Notice NOTICE =
            Notices.of(Samples.approvalRequired("k1"), Samples.INBOX).orElseThrow();
    private static final Recipient OPS = new Recipient("webhook", "ops");
    private static final DeliveryId ID = DeliveryId.of(NOTICE, OPS);
    private static final AllowedHost LOCALHOST = new AllowedHost("localhost", true, true);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Vertx vertx;
    private final FakeReceiver receiver = new FakeReceiver();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.closeAndAwait();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void shouldDeliverSignedToPathAndQuery() {
        // Given
        WebhookChannel channel = channel(receiver.url(), LOCALHOST, PATIENCE);
        // When
        Attempt attempt = deliver(channel);
        // Then
        assertThat(attempt).isEqualTo(new Attempt.Accepted());
        assertThat(receiver.violations()).isEmpty();
        assertThat(receiver.tries()).singleElement().satisfies(taken -> {
            assertThat(taken.path()).isEqualTo("/hook?team=a");
            assertThat(taken.body())
                    .contains("\"type\":\"approval.required\"", "\"timestamp\":\"2026-11-22T10:00:00Z\"")
                    .contains("\"verified\":{", "\"claimed\":{", "country = 'DE'", "\"link\":");
        });
    }

    @Test
    void shouldSendTheSameIdAndBodyAgain() {
        // Given
        WebhookChannel channel = channel(receiver.url(), LOCALHOST, PATIENCE);
        receiver.answerNext("", 500, Map.of());
        // When
        Attempt first = deliver(channel);
        Attempt second = deliver(channel);
        // Then
        assertThat(first).isEqualTo(new Attempt.Troubled("Answered 500", null));
        assertThat(second).isEqualTo(new Attempt.Accepted());
        assertThat(receiver.tries()).hasSize(2);
        assertThat(receiver.tries().get(0)).isEqualTo(receiver.tries().get(1));
        assertThat(receiver.violations()).isEmpty();
    }

    @Test
    void shouldHonourRetryAfter() {
        // Given
        WebhookChannel channel = channel(receiver.url(), LOCALHOST, PATIENCE);
        receiver.answerNext("", 429, Map.of("retry-after", "17"));
        // When
        Attempt attempt = deliver(channel);
        // Then
        assertThat(attempt).isEqualTo(new Attempt.Troubled("Answered 429", Duration.ofSeconds(17)));
    }

    @Test
    void shouldNotFollowARedirect() {
        // Given
        WebhookChannel channel = channel(receiver.url(), LOCALHOST, PATIENCE);
        receiver.answerNext("", 307, Map.of("location", "http://127.0.0.1:1/elsewhere"));
        // When
        Attempt attempt = deliver(channel);
        // Then
        assertThat(attempt).isInstanceOf(Attempt.Refused.class);
        assertThat(receiver.tries()).hasSize(1);
    }

    @Test
    void shouldNotSendToAPrivateAddressUnlessListed() {
        // Given
        WebhookChannel channel = channel(receiver.url(), new AllowedHost("localhost", true, false), PATIENCE);
        // When
        Attempt attempt = deliver(channel);
        // Then
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Forbidden.class,
                        forbidden ->
                                assertThat(forbidden.problem()).contains("localhost resolves to a private address"));
        assertThat(receiver.tries()).isEmpty();
    }

    @Test
    void shouldNotWaitForeverForAnAnswer() {
        // Given
        WebhookChannel channel = channel(receiver.url(), LOCALHOST, Duration.ofMillis(300));
        receiver.hangNext("");
        // When
        Attempt attempt = deliver(channel);
        // Then
        assertThat(attempt).isInstanceOf(Attempt.Troubled.class);
    }

    @Test
    void shouldTryAgainLaterWhenNobodyListens() {
        // Given
        receiver.close();
        WebhookChannel channel = channel(receiver.url(), LOCALHOST, PATIENCE);
        // When
        Attempt attempt = deliver(channel);
        // Then
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Troubled.class,
                        troubled -> assertThat(troubled.problem()).startsWith("Not reachable"));
    }

    @Test
    void shouldTellOnlyWhoWantsTheKind() {
        // Given
        var decidedOnly = new Endpoint(
                "ops",
                receiver.url(),
                WebhookSecret.parse("secret", FakeReceiver.SECRET),
                EnumSet.of(Notice.Kind.ACTION_DECIDED),
                LOCALHOST);
        WebhookChannel channel = channel(decidedOnly, PATIENCE);
        Notice decided = Notices.of(Samples.decision("k1", Outcome.EXPIRED, DecidedBy.TIME), Samples.INBOX)
                .orElseThrow();
        // When / Then
        assertThat(channel.recipients(NOTICE, Approval.of(List.of(NOTICE)))).isEmpty();
        assertThat(channel.recipients(decided, Approval.of(List.of(NOTICE, decided))))
                .containsExactly(OPS);
    }

    private WebhookChannel channel(URI url, AllowedHost host, Duration timeout) {
        return channel(
                new Endpoint(
                        "ops",
                        url,
                        WebhookSecret.parse("secret", FakeReceiver.SECRET),
                        EnumSet.allOf(Notice.Kind.class),
                        host),
                timeout);
    }

    private WebhookChannel channel(Endpoint endpoint, Duration timeout) {
        return new WebhookChannel(
                vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false)),
                List.of(endpoint),
                timeout,
                InstantSource.system());
    }

    private static Attempt deliver(WebhookChannel channel) {
        return channel.deliver(new Errand(ID, NOTICE, OPS, false))
                .toCompletableFuture()
                .orTimeout(90, TimeUnit.SECONDS)
                .join();
    }
}
