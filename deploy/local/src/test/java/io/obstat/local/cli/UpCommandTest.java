package io.obstat.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code up} refuses before it stops, deletes or starts anything. */
class UpCommandTest {

    @TempDir
    private Path home = Path.of("");

    private record Outcome(int status, String message) {}

    private Outcome up(String... arguments) {
        String[] said = {""};
        int status = new CommandLine(new UpCommand())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    said[0] = Optional.ofNullable(failure.getMessage()).orElse("");
                    return 1;
                })
                .execute(arguments);
        return new Outcome(status, said[0]);
    }

    @Test
    void shouldNotMakeAFolderOfSomebodyElseFresh() throws IOException {
        // Given
        Path theirs = Files.createDirectories(home.resolve("data"));

        // When
        Outcome outcome = up("--fresh", "--home", home.toString());

        // Then
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.message()).contains("--fresh deletes nothing");
        assertThat(theirs).exists();
        assertThat(home.resolve("run")).doesNotExist();
    }
}
