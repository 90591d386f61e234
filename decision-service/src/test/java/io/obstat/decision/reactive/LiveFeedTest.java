package io.obstat.decision.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalView.State;
import io.obstat.decision.Examples;
import io.obstat.decision.reactive.News.Changed;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

    private static final Instant NOW = Examples.NOON;
    private static final Instant BEFORE = NOW.minus(Duration.ofMinutes(5));
    private static final ActionId ACTION = Examples.request("live").actionId();

    @Test
    void shouldTellAListenerThatKeepsUpEveryChange() {
        // Given
        LiveFeed feed = feed(List.of());
        AssertSubscriber<News> listener = feed.news(null).subscribe().withSubscriber(AssertSubscriber.create(1_000));

        // When
        IntStream.range(0, 500).forEach(i -> feed.changed(ACTION, pending()));

        // Then
        assertThat(listener.getItems()).first().isEqualTo(new News.Listening());
        assertThat(listener.getItems()).hasSize(501).doesNotContain(new News.Missed());
        assertThat(listener.getItems()).last().isEqualTo(new Changed(ACTION, State.PENDING, NOW));
    }

    @Test
    void shouldTellASlowListenerToReadAnewAndTheLatestChange() {
        // Given one that takes nothing while 1,000 approvals change
        LiveFeed feed = feed(List.of());
        AssertSubscriber<News> listener = feed.news(null).subscribe().withSubscriber(AssertSubscriber.create(0));
        List<ActionId> changed = IntStream.range(0, 1_000)
                .mapToObj(i -> Examples.request("slow " + i).actionId())
                .toList();
        changed.forEach(id -> feed.changed(id, pending()));

        // When
        listener.request(2_000);

        // Then
        List<News> told = listener.getItems();
        assertThat(told).hasSizeLessThan(1_000);
        assertThat(told.subList(told.size() - 2, told.size()))
                .containsExactly(new News.Missed(), new Changed(changed.getLast(), State.PENDING, NOW));

        // When it keeps up again, it is not told so again
        feed.changed(ACTION, pending());
        assertThat(listener.getItems())
                .filteredOn(News.Missed.class::isInstance)
                .hasSize(1);
    }

    @Test
    void shouldTellWhoComesBackWhatHasChangedMeanwhileOldestFirst() {
        // Given
        LiveFeed feed = feed(changes(3));

        // When
        List<News> told = told(feed, BEFORE);

        // Then
        var expected = new ArrayList<News>(List.of(new News.Listening()));
        expected.addAll(changes(3).reversed());
        assertThat(told).isEqualTo(expected);
        assertThat(told(feed, null)).containsExactly(new News.Listening());
    }

    @Test
    void shouldTellWhoComesBackTooLateToReadAnew() {
        assertThat(told(feed(changes(10_000)), BEFORE)).containsExactly(new News.Listening(), new News.Missed());
    }

    @Test
    void shouldTellWhatHasChangedMeanwhileBeforeWhatChangesNow() {
        // Given one who comes back, and a look at the rows that takes its time
        var looked = new AtomicReference<Runnable>();
        LiveFeed feed = feed(
                Clock.fixed(NOW, ZoneOffset.UTC),
                (since, most) -> Uni.createFrom().emitter(emitter -> looked.set(() -> emitter.complete(changes(3)))));
        AssertSubscriber<News> listener = feed.news(BEFORE).subscribe().withSubscriber(AssertSubscriber.create(1_000));

        // When something changes before the look is done
        feed.changed(ACTION, pending());
        looked.get().run();

        // Then whoever leaves at any point and comes back with the last id has missed nothing
        var expected = new ArrayList<News>(List.of(new News.Listening()));
        expected.addAll(changes(3).reversed());
        expected.add(new Changed(ACTION, State.PENDING, NOW));
        assertThat(listener.getItems()).isEqualTo(expected);
    }

    @Test
    void shouldTellToReadAnewWhenALookFindsMoreThanItTells() {
        // Given
        LiveFeed feed = feed(changes(10_000));
        AssertSubscriber<News> listener = feed.news(null).subscribe().withSubscriber(AssertSubscriber.create(1_000));

        // When
        feed.look().await().indefinitely();

        // Then it is told so first, and then the latest, oldest first
        assertThat(listener.getItems().subList(0, 2)).containsExactly(new News.Listening(), new News.Missed());
        assertThat(listener.getItems()).last().isEqualTo(changes(1).getFirst());
        assertThat(listener.getItems()).hasSizeLessThan(1_000);
    }

    @Test
    void shouldTellToReadNothingAnewWhenALookFindsWhatItCanTell() {
        // Given
        LiveFeed feed = feed(changes(256));
        AssertSubscriber<News> listener = feed.news(null).subscribe().withSubscriber(AssertSubscriber.create(1_000));

        // When
        feed.look().await().indefinitely();

        // Then
        assertThat(listener.getItems()).hasSize(257).doesNotContain(new News.Missed());
    }

    @Test
    void shouldFindWhatChangedWhileItCouldNotLook() {
        // Given rows that cannot be read for 10 s, and a change elsewhere meanwhile
        var clock = new SetClock(NOW);
        var change = new Changed(ACTION, State.ALLOWED, NOW.plusSeconds(1));
        var away = new AtomicBoolean(true);
        LiveFeed feed = feed(
                clock,
                (since, most) -> away.get()
                        ? Uni.createFrom().failure(new UnavailableException(new IllegalStateException("away")))
                        : Uni.createFrom().item(change.at().isAfter(since) ? List.of(change) : List.of()));
        AssertSubscriber<News> listener = feed.news(null).subscribe().withSubscriber(AssertSubscriber.create(1_000));
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(1));
            feed.look().await().indefinitely();
        }

        // When a change here is told meanwhile
        feed.changed(ACTION, pending());

        // Then whoever comes back with its id is told of everything that was not told
        Changed here = (Changed) listener.getLastItem();
        away.set(false);
        assertThat(told(feed, here.at())).containsExactly(new News.Listening(), change);

        // When they can be read again
        feed.look().await().indefinitely();

        // Then
        assertThat(listener.getLastItem()).isEqualTo(change);
    }

    @Test
    void shouldTellNoTimeThatIsAheadOfItsOwn() {
        // Given a change by another instance, whose clock is a minute ahead
        var change = new Changed(ACTION, State.ALLOWED, NOW.plusSeconds(60));
        List<Changed> stored = new ArrayList<>(List.of(change));
        LiveFeed feed = feed(new SetClock(NOW), stored);
        AssertSubscriber<News> listener = feed.news(null).subscribe().withSubscriber(AssertSubscriber.create(1_000));

        // When
        feed.look().await().indefinitely();

        // Then
        var told = new Changed(ACTION, State.ALLOWED, NOW);
        assertThat(listener.getItems()).containsExactly(new News.Listening(), told);

        // And whoever comes back with an id from there is told also what changes by this one's clock
        var here = new Changed(Examples.request("here").actionId(), State.PENDING, NOW);
        stored.add(here);
        assertThat(told(feed, change.at())).containsExactly(new News.Listening(), here, told);
    }

    @Test
    void shouldTellOnceWhatBecomesVisibleLate() {
        // Given an instance that has looked
        var clock = new SetClock(NOW);
        List<Changed> stored = new ArrayList<>();
        LiveFeed feed = feed(clock, stored);
        AssertSubscriber<News> listener = feed.news(null).subscribe().withSubscriber(AssertSubscriber.create(1_000));
        looks(feed, clock, 1);

        // When another commits late, or has a clock that is behind
        var late = new Changed(ACTION, State.PENDING, NOW.minusSeconds(8));
        stored.add(late);
        looks(feed, clock, 15);

        // Then
        assertThat(listener.getItems()).containsExactly(new News.Listening(), late);

        // When it changes again
        var again = new Changed(ACTION, State.ALLOWED, clock.instant());
        stored.set(0, again);
        looks(feed, clock, 15);

        // Then
        assertThat(listener.getItems()).containsExactly(new News.Listening(), late, again);
    }

    @Test
    void shouldTellToReadNothingAnewHoweverMuchItHasTold() {
        // Given
        var clock = new SetClock(NOW);
        List<Changed> stored = new ArrayList<>();
        LiveFeed feed = feed(clock, stored);
        AssertSubscriber<News> listener = feed.news(null).subscribe().withSubscriber(AssertSubscriber.create(10_000));

        // When 200 change in each of 20 seconds
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 200; i++) {
                ActionId id = Examples.request(second + " " + i).actionId();
                stored.add(new Changed(id, State.PENDING, clock.instant()));
            }
            looks(feed, clock, 1);
        }

        // Then
        assertThat(listener.getItems()).hasSize(4_001).doesNotContain(new News.Missed());
    }

    @Test
    void shouldTellOnceToReadAnewWhenVeryManyHaveChangedAtOnce() {
        // Given
        var clock = new SetClock(NOW);
        LiveFeed feed = feed(
                clock,
                IntStream.range(0, 3_000)
                        .mapToObj(
                                i -> new Changed(Examples.request("storm " + i).actionId(), State.PENDING, NOW))
                        .toList());
        AssertSubscriber<News> listener = feed.news(null).subscribe().withSubscriber(AssertSubscriber.create(10_000));

        // When
        looks(feed, clock, 15);

        // Then
        assertThat(listener.getItems()).filteredOn(new News.Missed()::equals).hasSize(1);
        assertThat(listener.getItems()).hasSize(258);
    }

    /** The first of them now, and one a second. */
    private static void looks(LiveFeed feed, SetClock clock, int times) {
        for (int i = 0; i < times; i++) {
            feed.look().await().indefinitely();
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private static List<News> told(LiveFeed feed, @Nullable Instant since) {
        return feed.news(since)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(10_000))
                .getItems();
    }

    /** The latest first. */
    private static List<Changed> changes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Changed(
                        Examples.request("missed " + i % 500).actionId(), State.ALLOWED, NOW.minusSeconds(i)))
                .toList();
    }

    private static ApprovalState pending() {
        var verdict =
                Examples.required(Examples.request("live"), Duration.ofMinutes(30), new Slot("data-governance", 1));
        return Examples.pending(verdict, NOW);
    }

    private static LiveFeed feed(List<Changed> stored) {
        return feed(
                Clock.fixed(NOW, ZoneOffset.UTC),
                (since, most) -> Uni.createFrom().item(stored.subList(0, Math.min(stored.size(), most))));
    }

    /** What is stored by the time of a look. */
    private static LiveFeed feed(Clock clock, List<Changed> stored) {
        return feed(
                clock,
                (since, most) -> Uni.createFrom()
                        .item(() -> stored.stream()
                                .filter(change -> change.at().isAfter(since))
                                .sorted(Comparator.comparing(Changed::at).reversed())
                                .limit(most)
                                .toList()));
    }

    private static LiveFeed feed(Clock clock, BiFunction<Instant, Integer, Uni<List<Changed>>> changedSince) {
        var approvals = (Approvals) Proxy.newProxyInstance(
                Approvals.class.getClassLoader(), new Class<?>[] {Approvals.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("changedSince");
                    return changedSince.apply((Instant) arguments[0], (Integer) arguments[1]);
                });
        return new LiveFeed(approvals, clock);
    }
}
