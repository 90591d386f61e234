package io.obstat.notifier.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.notifier.Channels;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Digests;
import io.obstat.notifier.Digests.Content;
import io.obstat.notifier.Digests.Pace;
import io.obstat.notifier.Digests.Turn;
import io.obstat.notifier.Digests.Turn.Later;
import io.obstat.notifier.Digests.Turn.Ours;
import io.obstat.notifier.Digests.Turn.Told;
import io.obstat.notifier.Errand;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Notices;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Samples;
import io.obstat.notifier.StubChannel;
import io.obstat.notifier.Waiting;
import io.obstat.notifier.quarkus.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The digests by themselves, in a year in which the workers of the running notifier do nothing; each call could be another process's. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PostgresDigestsTest extends DeliveriesTest {

    private static final Pace PACE = new Pace(Duration.ofMinutes(15), Duration.ofSeconds(30));

    /** After whatever the other tests of deliveries leave behind. */
    private static final Instant AT = DUE.plus(Duration.ofDays(60));

    private static final Recipient ANN = new Recipient("email", "ann@example.com");

    @Inject
    PostgresDigests digests;

    private final Map<DeliveryId, Errand> errands = new HashMap<>();

    @AfterEach
    void leaveNothingBehind() throws SQLException {
        execute("DELETE FROM notifier.delivery WHERE created_at >= '%s'".formatted(AT));
        execute("DELETE FROM notifier.digest WHERE recipient IN ('ann@example.com', 'bob@example.com')");
    }

    @Test
    void shouldGiveTheTurnToOneOfManyThatWantItAtOnce() {
        // Given
        List<DeliveryId> told =
                IntStream.range(0, 8).mapToObj(i -> asked("race-" + i, ANN, AT)).toList();

        // When
        List<CompletionStage<Turn>> racing = told.stream()
                .map(id -> digests.begin(errands.get(id), PACE, AT))
                .toList();

        // Then
        assertThat(racing.stream().map(PostgresDigestsTest::done))
                .filteredOn(Ours.class::isInstance)
                .hasSize(1);
        assertThat(racing.stream().map(PostgresDigestsTest::done))
                .filteredOn(Later.class::isInstance)
                .hasSize(7);
    }

    @Test
    void shouldTakeWhoeverHasBegunForDeadWhenTheLeaseIsOver() {
        // Given somebody who has begun and is never heard of again
        DeliveryId first = asked("lease-1", ANN, AT);
        DeliveryId second = asked("lease-2", ANN, AT);
        Ours dead = ours(first, AT);

        // When
        Turn early = begin(second, AT.plus(PACE.lease()).minusMillis(1));
        Turn inTime = begin(second, AT.plus(PACE.lease()));

        // Then
        assertThat(early).isInstanceOf(Later.class);
        assertThat(inTime).isInstanceOf(Ours.class).isNotEqualTo(dead);
    }

    @Test
    void shouldLeaveTheTurnToWhoeverTookItOverThoughTheFirstWasAliveAfterAll() {
        // Given
        DeliveryId first = asked("alive-1", ANN, AT);
        DeliveryId second = asked("alive-2", ANN, AT);
        Ours slow = ours(first, AT);
        Instant later = AT.plus(PACE.lease());
        ours(second, later);

        // When
        done(digests.sent(slow, Set.of(first), later));
        done(digests.notSent(slow));

        // Then
        assertThat(begin(first, later)).isInstanceOf(Told.class);
        assertThat(begin(second, later))
                .isEqualTo(new Later("A digest is being sent to them right now", Duration.ofSeconds(2)));
    }

    @Test
    void shouldGiveTheTurnBackWhenNothingWasSent() {
        // Given
        DeliveryId id = asked("back", ANN, AT);

        // When
        done(digests.notSent(ours(id, AT)));

        // Then
        assertThat(begin(id, AT)).isInstanceOf(Ours.class);
    }

    @Test
    void shouldTellNothingTwiceAndKeepTheDistance() {
        // Given
        DeliveryId first = asked("pace-1", ANN, AT);
        DeliveryId second = asked("pace-2", ANN, AT);
        Ours turn = ours(first, AT);
        DeliveryId meanwhile = asked("pace-3", ANN, AT.plusSeconds(60));
        DeliveryId urgent = asked("pace-4", ANN, AT);

        // When
        done(digests.sent(turn, Set.of(first, second), AT.plusSeconds(1)));

        // Then
        assertThat(begin(first, AT.plusSeconds(2))).isInstanceOf(Told.class);
        assertThat(begin(second, AT.plusSeconds(2))).isInstanceOf(Told.class);
        assertThat(begin(meanwhile, AT.plusSeconds(61)))
                .isInstanceOfSatisfying(
                        Later.class, later -> assertThat(later.pause()).isEqualTo(Duration.ofMinutes(14)));
        assertThat(begin(urgent, AT.plusSeconds(60)))
                .as("it would have less than a quarter of an hour left in a quarter of an hour")
                .isInstanceOfSatisfying(
                        Later.class, later -> assertThat(later.pause()).isEqualTo(Duration.ofSeconds(1)));
        done(digests.notSent(ours(urgent, AT.plusSeconds(61))));
        assertThat(begin(meanwhile, AT.plusSeconds(1).plus(PACE.every()))).isInstanceOf(Ours.class);
    }

    @Test
    void shouldSendAReminderOfWhatEndsSoonAMinuteAfterTheLastDigest() {
        // Given somebody who was told of it a moment ago
        DeliveryId first = asked("reminded", ANN, AT);
        done(digests.sent(ours(first, AT), Set.of(first), AT.plusSeconds(1)));
        DeliveryId reminder = take(Samples.reminded("digests-reminded"), ANN);

        // When, Then it has less than a quarter of an hour left in a quarter of an hour
        assertThat(begin(reminder, AT.plusSeconds(60)))
                .isInstanceOfSatisfying(
                        Later.class, later -> assertThat(later.pause()).isEqualTo(Duration.ofSeconds(1)));
        assertThat(begin(reminder, AT.plusSeconds(61))).isInstanceOf(Ours.class);
    }

    @Test
    void shouldListWhatWaitsForThisAddressTheNextToExpireFirst() {
        // Given one that was told before, and of each kind that is not to be listed one
        DeliveryId later = asked("list-later", ANN, AT.plusSeconds(60));
        DeliveryId next = asked("list-next", ANN, AT);
        DeliveryId told = asked("list-told", ANN, AT.plusSeconds(30));
        done(digests.sent(ours(told, AT), Set.of(told), AT.minus(Duration.ofDays(1))));
        asked("list-over", ANN, AT.minus(Duration.ofHours(1)));
        asked("list-decided", ANN, AT);
        take(Samples.decision("digests-list-decided", Outcome.REJECTED, DecidedBy.PEOPLE), ANN);
        asked("list-other", new Recipient("email", "bob@example.com"), AT);

        // When
        Content content = done(digests.content(ours(next, AT), AT));

        // Then
        assertThat(content.waiting())
                .extracting(Waiting::action)
                .containsExactly(action("list-next"), action("list-told"), action("list-later"));
        assertThat(content.covers()).containsExactlyInAnyOrder(next, later);
    }

    @Test
    void shouldNotListWhatSomebodyHasVotedOn() throws SQLException {
        // Given two who are told, of whom one has voted
        var voter = new Recipient("email", "reviewer");
        DeliveryId voted = asked("voted", voter, AT);
        take(Samples.reviewRecorded("digests-voted"), voter);

        // When
        Content content = done(digests.content(ours(voted, AT), AT));

        // Then
        assertThat(content.waiting()).isEmpty();
        assertThat(content.covers()).isEmpty();
        execute("DELETE FROM notifier.digest WHERE recipient = 'reviewer'");
    }

    @Test
    void shouldCoverWhatItNamesAndLeaveTheRestToTheNext() {
        // Given
        List<DeliveryId> many = IntStream.rangeClosed(0, Digests.MOST_NAMED)
                .mapToObj(i -> asked("many-" + i, ANN, AT.plusSeconds(i)))
                .toList();

        // When
        Content content = done(digests.content(ours(many.getFirst(), AT), AT));

        // Then
        assertThat(content.waiting()).hasSize(Digests.MOST_NAMED + 1);
        assertThat(content.covers()).hasSize(Digests.MOST_NAMED).doesNotContain(many.getLast());
    }

    @Test
    void shouldGoByTheDeadlineThatIsInForce() {
        // Given a request whose time is counted from when reviews count
        DeliveryId id = asked("opened-too", ANN, AT);
        take(Samples.approvalOpened("digests-opened-too"), ANN);

        // When
        Content content = done(digests.content(ours(id, AT), AT));

        // Then it was over long before
        assertThat(content.waiting()).isEmpty();
        assertThat(content.covers()).isEmpty();
    }

    private static ActionId action(String key) {
        return Samples.action("digests-" + key);
    }

    private DeliveryId asked(String key, Recipient recipient, Instant assessedAt) {
        return take(Samples.approvalRequired("digests-" + key, "a-rule", assessedAt), recipient);
    }

    private DeliveryId take(Envelope<ActionEvent> event, Recipient recipient) {
        Notice notice = Notices.of(event, Samples.INBOX).orElseThrow();
        deliveries
                .begin(
                        Topics.of(EventType.of(event.data())),
                        event,
                        notice,
                        new Channels(List.of(new StubChannel("email", false, List.of(recipient)))),
                        AT)
                .await()
                .atMost(PATIENCE);
        DeliveryId id = DeliveryId.of(notice, recipient);
        errands.put(id, new Errand(id, notice, recipient, false));
        return id;
    }

    private Turn begin(DeliveryId id, Instant now) {
        return done(digests.begin(errands.get(id), PACE, now));
    }

    private Ours ours(DeliveryId id, Instant now) {
        return (Ours) begin(id, now);
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
