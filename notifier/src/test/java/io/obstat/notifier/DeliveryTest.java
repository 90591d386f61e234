package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.notifier.Attempt.Accepted;
import io.obstat.notifier.Attempt.Forbidden;
import io.obstat.notifier.Attempt.Refused;
import io.obstat.notifier.Attempt.Troubled;
import io.obstat.notifier.Delivery.Delivered;
import io.obstat.notifier.Delivery.Ended;
import io.obstat.notifier.Delivery.Failed;
import io.obstat.notifier.Delivery.Open;
import io.obstat.notifier.Delivery.Pending;
import io.obstat.notifier.Delivery.Retrying;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(30), Duration.ofHours(24));
    private static final int HISTORIES = 20_000;

    @Test
    void shouldEndDeliveredWhenAccepted() {
        // Given
        var pending = new Pending(START);
        // When
        Delivery next = pending.next(new Accepted(), BACKOFF, 0.5, START.plusSeconds(1));
        // Then
        assertThat(next).isEqualTo(new Delivered(1, START.plusSeconds(1)));
    }

    @Test
    void shouldFailAtOnceWhenRefused() {
        // Given
        var retrying = new Retrying(START, START.plusSeconds(5), 1, "Answered 500");
        // When
        Delivery next = retrying.next(new Refused("Answered 404"), BACKOFF, 0.5, START.plusSeconds(5));
        // Then
        assertThat(next).isEqualTo(new Failed(2, "Answered 404", START.plusSeconds(5)));
    }

    @Test
    void shouldNotCountATryThatWasNotMade() {
        // Given
        var pending = new Pending(START);
        // When
        Delivery next = pending.next(new Forbidden("private address"), BACKOFF, 0.5, START);
        // Then
        assertThat(next).isEqualTo(new Failed(0, "private address", START));
    }

    /** A chat may be away for an hour; somebody is asked within a minute of its return. */
    @Test
    void shouldReachPeopleWithinAMinuteOfTheEndOfAnOutage() {
        var random = new SplittableRandom(4);
        for (int history = 0; history < HISTORIES / 10; history++) {
            // Given
            Instant back =
                    START.plusSeconds(random.nextLong(1, Duration.ofHours(23).toSeconds()));
            Delivery delivery = new Pending(START);

            // When
            while (delivery instanceof Open open) {
                Instant due = open.dueAt();
                Attempt attempt = due.isBefore(back) ? new Troubled("Slack answered 503", null) : new Accepted();
                delivery = open.next(attempt, BACKOFF.forPeople(), random.nextDouble(), due);
            }

            // Then
            assertThat(delivery)
                    .isInstanceOfSatisfying(
                            Delivered.class,
                            delivered -> assertThat(delivered.endedAt()).isBetween(back, back.plusSeconds(60)));
        }
    }

    @Test
    void shouldWaitAsLongAsTheRecipientAsks() {
        // Given
        var pending = new Pending(START);
        // When
        Delivery next = pending.next(new Troubled("Answered 429", Duration.ofMinutes(7)), BACKOFF, 1, START);
        // Then
        assertThat(next).isEqualTo(new Retrying(START, START.plus(Duration.ofMinutes(7)), 1, "Answered 429"));
    }

    @Test
    void shouldNotLetTheRecipientShortenTheBackoff() {
        // Given
        var pending = new Pending(START);
        // When
        Delivery next = pending.next(new Troubled("Answered 503", Duration.ZERO), BACKOFF, 1, START);
        // Then
        assertThat(next).isEqualTo(new Retrying(START, START.plusSeconds(5), 1, "Answered 503"));
    }

    @Test
    void shouldGiveUpWhenTheNextTryWouldComeTooLate() {
        // Given
        var pending = new Pending(START);
        // When
        Delivery next = pending.next(new Troubled("Answered 503", Duration.ofDays(2)), BACKOFF, 1, START);
        // Then
        assertThat(next).isEqualTo(new Failed(1, "Answered 503", START));
    }

    /** EveryDeliveryEnds: whatever happens, within the time to give up; and no try is made before it is due. */
    @Test
    void shouldEndEveryHistoryInTime() {
        var random = new SplittableRandom(20261122);
        for (int history = 0; history < HISTORIES; history++) {
            // Given
            Delivery delivery = new Pending(START);
            Instant now = START;
            int tries = 0;
            // When
            while (delivery instanceof Open open) {
                assertThat(open.dueAt()).isAfterOrEqualTo(now);
                assertThat(open.attempts()).isEqualTo(tries);
                now = open.dueAt();
                tries++;
                delivery = open.next(attempt(random), BACKOFF, random.nextDouble(), now);
            }
            // Then
            assertThat(delivery).isInstanceOf(Ended.class);
            assertThat(((Ended) delivery).endedAt()).isBetween(START, START.plus(BACKOFF.giveUpAfter()));
            assertThat(tries).isLessThan(200);
        }
    }

    /** An outage of an hour loses nothing. */
    @Test
    void shouldSurviveAnOutageOfAnHour() {
        var random = new SplittableRandom(7);
        for (int history = 0; history < HISTORIES; history++) {
            // Given
            Delivery delivery = new Pending(START);
            Instant back = START.plus(Duration.ofHours(1));
            // When
            while (delivery instanceof Open open) {
                Instant now = open.dueAt();
                Attempt attempt = now.isBefore(back) ? new Troubled("Not reachable", null) : new Accepted();
                delivery = open.next(attempt, BACKOFF, random.nextDouble(), now);
            }
            // Then
            assertThat(delivery).isInstanceOf(Delivered.class);
            assertThat(((Delivered) delivery).endedAt()).isBefore(back.plus(BACKOFF.longest()));
        }
    }

    private static Attempt attempt(SplittableRandom random) {
        return switch (random.nextInt(40)) {
            case 0 -> new Accepted();
            case 1 -> new Refused("Answered 400");
            case 2 -> new Forbidden("private address");
            case 3, 4, 5 -> new Troubled("Answered 429", Duration.ofSeconds(random.nextLong(0, 100_000)));
            default -> new Troubled("Not reachable", null);
        };
    }
}
