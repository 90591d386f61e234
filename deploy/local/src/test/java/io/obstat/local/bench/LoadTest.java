package io.obstat.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadTest {

    @Test
    void shouldStartWorkAtItsPlannedMomentsWhetherOrNotEarlierWorkHasEnded() {
        // Given work that never ends
        var planned = new ArrayList<Long>();
        var started = new ArrayList<Long>();

        // When
        int starts = new Load.AtRate(1_000, Duration.ofMillis(50)).run((number, moment) -> {
            planned.add(moment);
            started.add(System.nanoTime());
            return new CompletableFuture<>();
        });

        // Then
        assertThat(starts).isEqualTo(50);
        List<Long> everyMillisecond = IntStream.range(0, 50)
                .mapToObj(i -> planned.getFirst() + i * 1_000_000L)
                .toList();
        assertThat(planned).isEqualTo(everyMillisecond);
        assertThat(started).zipSatisfy(planned, (at, moment) -> assertThat(at).isGreaterThanOrEqualTo(moment));
    }

    @Test
    void shouldCountAStallAgainstAllWorkThatWouldHaveMetIt() {
        // Given a first piece of work that holds up the others for 20 ms
        var clocks = new Clocks();

        // When
        new Load.AtRate(1_000, Duration.ofMillis(10)).run((number, moment) -> {
            long until =
                    System.nanoTime() + (number == 0 ? Duration.ofMillis(20).toNanos() : 0);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return clocks.time(moment, CompletableFuture.completedFuture(null));
        });

        // Then the last, planned for 9 ms after the first, was 11 ms late
        Percentiles percentiles = clocks.percentiles();
        assertThat(percentiles.count()).isEqualTo(10);
        assertThat(percentiles.p50()).isGreaterThanOrEqualTo(Duration.ofMillis(14));
    }

    @Test
    void shouldNotHaveMoreAtOnceThanAllowed() throws InterruptedException {
        // Given
        var underway = new ArrayList<CompletableFuture<Void>>();
        var most = new ArrayList<Integer>();

        // When each third start ends all that is underway
        int starts = new Load.AtOnce(3, Duration.ofSeconds(2)).run((number, moment) -> {
            var work = new CompletableFuture<Void>();
            underway.add(work);
            most.add(underway.size());
            if (underway.size() == 3) {
                List<CompletableFuture<Void>> ending = List.copyOf(underway);
                underway.clear();
                CompletableFuture.runAsync(() -> ending.forEach(it -> it.complete(null)));
            }
            return work;
        });

        // Then
        assertThat(starts).isGreaterThan(3);
        assertThat(most).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(3));
    }
}
