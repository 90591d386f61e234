package io.obstat.decision.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.decision.simulation.Finding;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The invariant of {@code docs/adr/0003-outbox.md}, of the real publisher: whatever fails or dies, facts are first seen in order, and all are seen. */
class CrashesTest {

    private static final int RUNS = 20_000;

    @Test
    void shouldKeepFirstSightInOrderWhateverDies() {
        // Given
        Logger log = Logger.getLogger(Publisher.class.getName());
        log.setLevel(Level.OFF);

        // When
        var seen = new TreeMap<String, Integer>();
        var finding = Crashes.look(RUNS, seen);

        // Then
        log.setLevel(null);
        System.out.printf("%,d runs of two publishers: %s%n", RUNS, seen);
        assertThat(finding.map(Finding::report)).isEmpty();
        assertThat(seen.get("repeats")).isGreaterThan(RUNS / 10);
    }
}
