package io.obstat.notifier.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.CardUpdated;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.Backoff;
import io.obstat.notifier.CardId;
import io.obstat.notifier.Cards.Standing;
import io.obstat.notifier.Channels;
import io.obstat.notifier.Delivery;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Notices;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Samples;
import io.obstat.notifier.StubChannel;
import io.obstat.notifier.postgres.PostgresCards.Stale;
import io.obstat.notifier.postgres.PostgresDeliveries.Claim;
import io.obstat.notifier.quarkus.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cards by themselves: each test has a chat of its own, and a year in which the workers of the running notifier do nothing. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PostgresCardsTest extends DeliveriesTest {

    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1));

    /** After whatever the other tests of deliveries leave behind. */
    private static final Instant AT = DUE.plus(Duration.ofDays(20));

    @Inject
    PostgresCards cards;

    @AfterEach
    void leaveNothingBehind() throws SQLException {
        execute("UPDATE notifier.delivery SET claimed_until = NULL WHERE claimed_until >= '%s'".formatted(AT));
        execute("DELETE FROM notifier.delivery WHERE due_at >= '%s'".formatted(AT));
        execute("DELETE FROM notifier.card WHERE due_at >= '%s'".formatted(AT));
        execute("DELETE FROM notifier.pause WHERE until >= '%s'".formatted(AT));
    }

    @Test
    void shouldSayThatACardWasTriedUntilItIsCertainThatItWasNotPosted() {
        // Given
        ActionId action = told("card-tried", "card-tried");
        Recipient place = place("card-tried");

        // When
        Standing first = begin(action, place);
        Standing second = begin(action, place);
        done(cards.notPosted(first.id()));
        Standing third = begin(action, place);

        // Then
        assertThat(List.of(first.tried(), second.tried(), third.tried())).containsExactly(false, true, false);
        assertThat(first.id()).isEqualTo(CardId.of(action, place)).isEqualTo(third.id());
        assertThat(first.message()).isNull();
        assertThat(first.version()).isEqualTo(1);
        assertThat(done(cards.message(first.id()))).isEmpty();
    }

    @Test
    void shouldKnowWhereACardStands() {
        // Given
        ActionId action = told("card-stands", "card-stands");

        // When
        CardId id = posted(action, place("card-stands"));

        // Then
        assertThat(done(cards.message(id))).contains("C1/1");
        assertThat(begin(action, place("card-stands")).message()).isEqualTo("C1/1");
        assertThat(stale("card-stands", AT)).isEmpty();
    }

    @Test
    void shouldRewriteACardForWhatIsToldAfterItWasPosted() {
        // Given
        ActionId action = told("card-news", "card-news");
        posted(action, place("card-news"));
        news(Samples.approvalOpened("card-news"), "card-news");

        // When
        List<Stale> claimed = stale("card-news", AT);
        List<Stale> meanwhile = stale("card-news", AT);
        List<Stale> afterItsLease = stale("card-news", AT.plus(LEASE));

        // Then one process has it, until its lease ends
        assertThat(claimed).singleElement().satisfies(stale -> {
            assertThat(stale.version()).isEqualTo(2);
            assertThat(stale.message()).isEqualTo("C1/1");
            assertThat(stale.approval().opened()).isNotNull();
        });
        assertThat(meanwhile).isEmpty();
        assertThat(afterItsLease).hasSize(1);
    }

    @Test
    void shouldLeaveACardStaleWhenThereIsNewsWhileItIsRewritten() {
        // Given
        ActionId action = told("card-meanwhile", "card-meanwhile");
        posted(action, place("card-meanwhile"));
        news(Samples.approvalOpened("card-meanwhile"), "card-meanwhile");
        Stale underWay = stale("card-meanwhile", AT).getFirst();

        // When
        news(Samples.reviewRecorded("card-meanwhile"), "card-meanwhile");
        record(underWay, new Attempt.Accepted(), AT);
        List<Stale> again = stale("card-meanwhile", AT);
        record(again.getFirst(), new Attempt.Accepted(), AT);

        // Then
        assertThat(again)
                .singleElement()
                .satisfies(stale -> assertThat(stale.version()).isEqualTo(3));
        assertThat(stale("card-meanwhile", AT)).isEmpty();
    }

    @Test
    void shouldTryARewriteAgainLaterAndNotBefore() {
        // Given
        ActionId action = told("card-trouble", "card-trouble");
        posted(action, place("card-trouble"));
        news(Samples.approvalOpened("card-trouble"), "card-trouble");
        Stale stale = stale("card-trouble", AT).getFirst();

        // When
        record(stale, new Attempt.Troubled("no answer", Duration.ofMinutes(5)), AT);

        // Then
        assertThat(stale("card-trouble", AT.plus(Duration.ofMinutes(5)).minusSeconds(1)))
                .isEmpty();
        assertThat(stale("card-trouble", AT.plus(Duration.ofMinutes(5))))
                .singleElement()
                .satisfies(again -> assertThat(again.attempts()).isEqualTo(1));
    }

    @Test
    void shouldNeverTryAgainWhatTheChatRefuses() {
        // Given
        ActionId action = told("card-refused", "card-refused");
        posted(action, place("card-refused"));
        news(Samples.approvalOpened("card-refused"), "card-refused");

        // When
        record(stale("card-refused", AT).getFirst(), new Attempt.Refused("message_not_found"), AT);
        news(Samples.reviewRecorded("card-refused"), "card-refused");

        // Then
        assertThat(stale("card-refused", AT.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void shouldHoldRewritesBackWhileTheChatRests() {
        // Given
        ActionId action = told("card-pause", "card-pause");
        posted(action, place("card-pause"));
        news(Samples.approvalOpened("card-pause"), "card-pause");
        Instant until = AT.plusSeconds(60);

        // When, with a shorter pause that takes nothing from the longer
        pause("card-pause", "", until);
        pause("card-pause", "", AT.plusSeconds(10));

        // Then
        assertThat(stale("card-pause", until.minusSeconds(1))).isEmpty();
        assertThat(stale("card-pause", until)).hasSize(1);
    }

    @Test
    void shouldHoldBackDeliveriesOfTheRecipientThatRestsAndOfNoOther() {
        // Given
        Instant due = AT.plus(Duration.ofDays(10));
        begin("pause-a", "resting", due);
        begin("pause-b", "awake", due);

        // When
        pause("test", "resting", due.plusSeconds(60));

        // Then
        assertThat(names(claim(16, 4, due.plusSeconds(59)))).contains("awake").doesNotContain("resting");
        assertThat(names(claim(16, 4, due.plusSeconds(60)))).contains("resting");
    }

    @Test
    void shouldDeliverInOrderWhereThatIsKept() {
        // Given two things to tell of one action
        Instant due = AT.plus(Duration.ofDays(11));
        news(Samples.approvalRequired("order"), "order", due);
        news(Samples.reminded("order"), "order", due);

        // When
        List<Claim> first = claim("order", due);
        List<Claim> meanwhile = claim("order", due.plus(LEASE).minusSeconds(1));
        deliveries
                .record(first.getFirst().id(), open -> new Delivery.Delivered(1, due))
                .await()
                .atMost(PATIENCE);
        List<Claim> second = claim("order", due.plus(LEASE));

        // Then
        assertThat(first)
                .singleElement()
                .satisfies(claim -> assertThat(claim.errand().notice()).isInstanceOf(Notice.Wanted.class));
        assertThat(meanwhile).isEmpty();
        assertThat(second)
                .singleElement()
                .satisfies(claim -> assertThat(claim.errand().notice()).isInstanceOf(Notice.Reminded.class));
    }

    @Test
    void shouldReportTheSameRewriteAsTheSameEvent() throws SQLException {
        // Given a rewrite on record, whose report the running notifier has published, or has not yet
        ActionId action = told("card-report", "card-report");
        CardId id = posted(action, place("card-report"));
        news(Samples.approvalOpened("card-report"), "card-report");
        Stale stale = stale("card-report", AT).getFirst();

        // When it is recorded twice, as after an answer that was lost
        Envelope<CardUpdated> first = recorded(stale, id);
        Envelope<CardUpdated> second = recorded(stale, id);

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(first.data().about())
                .isEqualTo(Samples.approvalOpened("card-report").id());
        assertThat(first.time()).isEqualTo(AT);
        assertThat(EventType.of(first.data())).isEqualTo(EventType.CARD_UPDATED);
    }

    /** The sweep of the running notifier may take the report first; a test that asks at once asks again. */
    private Envelope<CardUpdated> recorded(Stale stale, CardId id) {
        for (int i = 0; i < 100; i++) {
            record(stale, new Attempt.Accepted(), AT);
            for (PostgresCards.Report report : cards.reports(100).await().atMost(PATIENCE)) {
                if (report.id().equals(id)) {
                    return report.event();
                }
            }
        }
        throw new AssertionError("There was no report of " + id);
    }

    private static Recipient place(String channel) {
        return new Recipient(channel, "C1");
    }

    private ActionId told(String key, String channel) {
        news(Samples.approvalRequired(key), channel);
        return Samples.action(key);
    }

    private void news(Envelope<ActionEvent> event, String channel) {
        news(event, channel, AT);
    }

    private void news(Envelope<ActionEvent> event, String channel, Instant due) {
        Notice notice = Notices.of(event, Samples.INBOX).orElseThrow();
        deliveries
                .begin(
                        Topics.of(EventType.of(event.data())),
                        event,
                        notice,
                        new Channels(List.of(new StubChannel(channel, true, List.of(place(channel))))),
                        due)
                .await()
                .atMost(PATIENCE);
    }

    private Standing begin(ActionId action, Recipient recipient) {
        return done(cards.begin(action, recipient));
    }

    private CardId posted(ActionId action, Recipient recipient) {
        Standing standing = begin(action, recipient);
        done(cards.posted(standing.id(), "C1/1", standing.version(), "face"));
        return standing.id();
    }

    private List<Stale> stale(String channel, Instant now) {
        return cards.stale(1_000, now, LEASE).await().atMost(PATIENCE).stream()
                .filter(stale -> stale.recipient().channel().equals(channel))
                .toList();
    }

    private void record(Stale stale, Attempt attempt, Instant now) {
        cards.record(stale, "another face", attempt, BACKOFF, 0.5, now).await().atMost(PATIENCE);
    }

    private void pause(String channel, String recipient, Instant until) {
        deliveries.pause(channel, recipient, until).await().atMost(PATIENCE);
    }

    private List<Claim> claim(String channel, Instant now) {
        return claim(1_000, 4, now).stream()
                .filter(claim -> claim.recipient().channel().equals(channel))
                .toList();
    }

    private static List<String> names(List<Claim> claims) {
        return claims.stream().map(claim -> claim.recipient().name()).toList();
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
