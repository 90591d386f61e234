package io.obstat.decision.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Core and oracle say the same of who may, over many identity graphs. */
class SeparationTest {

    private static final int GRAPHS = 20_000;
    private static final int LONGEST_ORACLE = 60;

    @Test
    void shouldSayWhatTheOracleSays() {
        // When
        var seen = new TreeMap<String, Integer>();
        var finding = Separation.look(GRAPHS, seen);

        // Then
        System.out.printf("%,d identity graphs: %s%n", GRAPHS, seen);
        assertThat(finding.map(Finding::report)).isEmpty();
        // Each question was answered both ways, often.
        assertThat(seen)
                .hasSize(10)
                .allSatisfy((question, count) -> assertThat(count).isGreaterThan(GRAPHS / 200));
    }

    /** An oracle is worth something as long as it can be read at a glance. */
    @Test
    void shouldHaveAShortOracle() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/test/java/io/obstat/decision/simulation/SeparationOracle.java")))
                .hasSizeLessThanOrEqualTo(LONGEST_ORACLE);
    }
}
