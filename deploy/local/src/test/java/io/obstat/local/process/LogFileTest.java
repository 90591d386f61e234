package io.obstat.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path directory = Path.of("");

    private LogFile log() {
        return new LogFile(directory.resolve("part.log"));
    }

    @Test
    void shouldGiveTheLastLinesOnly() throws IOException {
        // Given
        Files.writeString(log().path(), "one\ntwo\nthree ✓\n");

        // When / Then
        assertThat(log().tail(2)).containsExactly("two", "three ✓");
        assertThat(log().tail(10)).hasSize(3);
    }

    @Test
    void shouldHaveNoLinesWithoutAFile() {
        // When / Then
        assertThat(log().tail(5)).isEmpty();
        assertThat(log().read(0).decoded()).isEmpty();
    }

    @Test
    void shouldGoOnWhereItLeftOff() throws IOException {
        // Given
        Files.writeString(log().path(), "früher\n");
        LogFile.Chunk first = log().read(0);
        Files.writeString(log().path(), "später\n", StandardOpenOption.APPEND);

        // When
        LogFile.Chunk second = log().read(first.next());

        // Then
        assertThat(first.decoded()).isEqualTo("früher\n");
        assertThat(second.decoded()).isEqualTo("später\n");
        assertThat(second.next()).isEqualTo(log().length());
    }

    @Test
    void shouldBeginAnewWithALogThatDid() throws IOException {
        // Given
        Files.writeString(log().path(), "a long line from before\n");
        LogFile.Chunk first = log().read(0);
        Files.writeString(log().path(), "new\n");

        // When / Then
        assertThat(log().read(first.next()).decoded()).isEqualTo("new\n");
    }
}
