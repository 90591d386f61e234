package io.obstat.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir
    private Path directory = Path.of("");

    private PidFile file() {
        return new PidFile(directory.resolve("run/part.pid"));
    }

    @Test
    void shouldFindTheProcessThatItKept() {
        // Given
        file().write(ProcessHandle.current());

        // When / Then
        assertThat(file().process()).contains(ProcessHandle.current());
    }

    @Test
    void shouldNotTakeAnotherProcessWithThePidForIt() throws IOException {
        // Given
        file().write(ProcessHandle.current());
        String pid = Files.readAllLines(file().path()).getFirst();
        Files.writeString(file().path(), pid + "\n1000\n");

        // When / Then
        assertThat(file().process()).isEmpty();
        assertThat(file().exists()).isTrue();
    }

    @Test
    void shouldFindNothingInAFileThatWasCutOff() throws IOException {
        // Given
        file().write(ProcessHandle.current());
        Files.writeString(file().path(), "12");

        // When / Then
        assertThat(file().process()).isEmpty();
    }

    @Test
    void shouldFindNothingWithoutAFile() {
        // When / Then
        assertThat(file().process()).isEmpty();
        assertThat(file().exists()).isFalse();
    }
}
