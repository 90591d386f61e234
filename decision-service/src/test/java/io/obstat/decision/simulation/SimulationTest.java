package io.obstat.decision.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.decision.ApprovalView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The invariants of the design, by name, over generated histories of one action: its core is real; the outbox, the two instances that send
 * from it and the reader are a model of {@code docs/adr/0003-outbox.md} ({@link Wire}), whose real publisher has a test of its own. Who is
 * who is judged by {@link SeparationOracle}, and votes are counted by trying every placement.
 *
 * <p>{@code -Dobstat.histories=N} runs N of them (100,000 unless told otherwise), {@code -Dobstat.seed=S} begins with seed S. The same seed
 * gives the same history. What was looked at stands in {@code target/simulation.txt}.
 */
class SimulationTest {

    private static final long HISTORIES = Long.getLong("obstat.histories", 100_000);
    private static final long SEED = Long.getLong("obstat.seed", 1);

    private static Simulation simulation;

    @BeforeAll
    static void runEachHistoryOnce() throws IOException {
        simulation = Simulation.of(SEED, HISTORIES);
        String table = simulation.tally().table(simulation.invariants(), simulation.findings());
        System.out.println(table);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target/simulation.txt"), table);
    }

    @TestFactory
    Stream<DynamicTest> shouldKeep() {
        return simulation.invariants().stream()
                .map(invariant -> dynamicTest(invariant.name(), () -> {
                    Finding finding = simulation.findings().get(invariant.name());
                    assertThat(finding == null ? "holds" : finding.report()).isEqualTo("holds");
                }));
    }

    /** Otherwise what holds would hold of nothing. */
    @Test
    void shouldReachEveryEndAndRefusalOften() {
        assumeTrue(HISTORIES >= 2_000, "a few histories need not reach everything");
        Tally tally = simulation.tally();
        assertThat(tally.ends).containsOnlyKeys(ApprovalView.State.values());
        assertThat(tally.refusals).containsOnlyKeys(ReviewRefused.Cause.values());
        assertThat(tally.misuses).containsOnlyKeys(GrantMisused.Cause.values());
        assertThat(Stream.of(tally.ends, tally.refusals, tally.misuses).flatMap(counts -> counts.entrySet().stream()))
                .allSatisfy(count -> assertThat(count.getValue()).isGreaterThan((int) (HISTORIES / 1_000)));
        assertThat(simulation.invariants())
                .allSatisfy(invariant -> assertThat(invariant.exercised()).isGreaterThan(HISTORIES / 1_000));
    }

    @Test
    void shouldGiveTheSameHistoryForTheSameSeed() {
        for (long seed = 1; seed <= 200; seed++) {
            assertThat(new Simulation().trace(seed).print())
                    .isEqualTo(new Simulation().trace(seed).print());
        }
    }
}
