package io.obstat.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.obstat.local.Directories;
import io.obstat.local.PartName;
import io.obstat.local.process.PidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void shouldSayAtOnceThatItRunsOnOtherPorts() throws IOException {
        // Given a home from which postgres runs, started on the standard ports
        var directories = new Directories(home, home);
        new PidFile(directories.pidFile(PartName.POSTGRES)).write(ProcessHandle.current());
        Files.writeString(home.resolve("run/port-offset"), "0\n");

        // When; one that took it for a start would wait minutes for it
        Outcome outcome = assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> up("--only", "postgres", "--port-offset", "10000", "--home", home.toString()));

        // Then it says so, where, and what to do, and forgets nothing
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.message())
                .contains("runs already")
                .contains("postgres at localhost:5433")
                .contains("./obstat down --home " + home)
                .contains("./obstat up --home FOLDER --port-offset 10000");
        assertThat(home.resolve("run/port-offset")).hasContent("0");
        assertThat(directories.pidFile(PartName.POSTGRES)).exists();
    }

    @Test
    void shouldNotStartTheChatsBesideANotifierThatDoesNotKnowThem() throws IOException {
        // Given a home from which the notifier runs, without the chats
        var directories = new Directories(home, home);
        new PidFile(directories.pidFile(PartName.NOTIFIER)).write(ProcessHandle.current());

        // When
        Outcome outcome = assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> up("--with-fake-chat", "--only", "fake-chat", "--home", home.toString()));

        // Then
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.message())
                .contains("notifier runs already")
                .contains("./obstat down && ./obstat up --with-fake-chat");
        assertThat(directories.pidFile(PartName.FAKE_CHAT)).doesNotExist();
    }
}
