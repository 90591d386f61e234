package io.obstat.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code demo} refuses before an agent asks for anything. */
class DemoCommandTest {

    private record Outcome(int status, String message) {}

    private static Outcome demo(String... arguments) {
        var said = new StringWriter();
        int status = new CommandLine(new DemoCommand())
                .setErr(new PrintWriter(said, true))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    said.append(failure.getMessage());
                    return 1;
                })
                .execute(arguments);
        return new Outcome(status, said.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            owner   | owns etl-agent, so may not decide its requests
            oncall  | on call for the platform
            auditor | reads the ledger
            nobody  | there is no such person
            """)
    void shouldSayAtOnceWhoMayNotApproveAndWhoMay(String person, String why) {
        // When
        Outcome outcome = demo("--yes-as", person, "--home", "/nowhere/obstat");

        // Then
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.message())
                .contains("--yes-as " + person)
                .contains(why)
                .contains("reviewer")
                .contains("second-reviewer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reviewer", "second-reviewer"})
    void shouldTakeWhoMayApprove(String person) {
        // When nothing runs
        Outcome outcome = demo("--yes-as", person, "--home", "/nowhere/obstat");

        // Then that is what it says
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.message()).contains("Obstat is not running");
    }
}
