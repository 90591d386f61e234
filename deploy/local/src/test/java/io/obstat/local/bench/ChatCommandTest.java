package io.obstat.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ChatCommandTest {

    private record Outcome(int status, String said) {}

    private static Outcome bench(String... arguments) {
        var said = new StringWriter();
        int status = new CommandLine(new BenchCommand())
                .setErr(new PrintWriter(said, true))
                .setOut(new PrintWriter(said, true))
                .execute(arguments);
        return new Outcome(status, said.toString());
    }

    @ParameterizedTest
    @CsvSource({"--clicks, 0", "--clicks, 301", "--warm-up, -2", "--warm-up, 1"})
    void shouldNameTheNumberThatIsOutOfBounds(String option, String value) {
        // When
        Outcome outcome = bench("chat", option + "=" + value);

        // Then
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.said()).contains("%s is %s; it must be an even number".formatted(option, value));
    }

    @Test
    void shouldSayWhatItMeasures() {
        // When
        Outcome outcome = bench("chat", "--help");

        // Then
        assertThat(outcome.status()).isZero();
        assertThat(outcome.said()).contains("--clicks=N", "From a click on a card", "./obstat bench chat");
    }
}
