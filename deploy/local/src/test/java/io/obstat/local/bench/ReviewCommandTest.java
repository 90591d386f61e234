package io.obstat.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReviewCommandTest {

    private record Outcome(int status, String message) {}

    private static Outcome bench(String... arguments) {
        var said = new StringWriter();
        int status = new CommandLine(new BenchCommand())
                .setErr(new PrintWriter(said, true))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    said.append(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
        return new Outcome(status, said.toString());
    }

    @ParameterizedTest
    @CsvSource({"--pending, 100", "--pending, 1000001", "--reviews, 0", "--reviews, 301"})
    void shouldNameTheNumberThatIsOutOfBounds(String option, String value) {
        // When
        Outcome outcome = bench("review", option, value, "--home", "/nowhere/obstat");

        // Then
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.message()).contains("%s is %s; it must be".formatted(option, value));
    }

    @Test
    void shouldMeasureNothingWhenNothingRuns() {
        // When
        Outcome outcome = bench("review", "--pending", "101", "--reviews", "2", "--home", "/nowhere/obstat");

        // Then
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.message()).contains("Obstat is not running");
    }
}
