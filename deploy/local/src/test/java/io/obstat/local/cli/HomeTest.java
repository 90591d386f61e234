package io.obstat.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.local.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    private Path directory = Path.of("");

    private Home home(String folder) {
        return new Home(new Directories(directory.resolve("checkout"), directory.resolve(folder)));
    }

    private Path file(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "dear to somebody");
    }

    @Test
    void shouldDeleteNothingInAFolderOfSomebodyElse() throws IOException {
        // Given
        Path theirs = file("project/data/thesis.txt");
        home("project").mark();

        // When / Then
        assertThatThrownBy(() -> home("project").empty())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory.resolve("project").toString())
                .hasMessageContaining("--fresh deletes nothing")
                .hasMessageContaining("touch");
        assertThat(theirs).exists();
    }

    @Test
    void shouldEmptyAHomeThatItMadeFromNothing() throws IOException {
        // Given
        home("mine").mark();
        file("mine/data/broker/log");
        Path note = file("mine/note.txt");

        // When
        home("mine").empty();

        // Then
        assertThat(directory.resolve("mine/data")).doesNotExist();
        assertThat(note).exists();
    }

    @Test
    void shouldTakeAnEmptyFolderAsItsHome() throws IOException {
        // Given
        Files.createDirectories(directory.resolve("empty"));
        home("empty").empty();

        // When
        home("empty").mark();
        file("empty/data/broker/log");

        // Then
        home("empty").empty();
        assertThat(directory.resolve("empty/data")).doesNotExist();
    }

    @Test
    void shouldStayTheHomeWhenItIsEmptied() throws IOException {
        // Given
        home("mine").mark();
        file("mine/keys/issuer.json");
        home("mine").empty();
        Path again = file("mine/keys/issuer.json");

        // When
        home("mine").empty();

        // Then
        assertThat(again).doesNotExist();
    }

    @Test
    void shouldEmptyTheUsualHomeThatABuildWroteTo() throws IOException {
        // Given
        Path log = file("checkout/.obstat/logs/build.log");
        Path program = file("checkout/.obstat/runtime/postgres/bin/postgres");

        // When
        home("checkout/.obstat").empty();

        // Then
        assertThat(log).doesNotExist();
        assertThat(program).exists();
    }

    @Test
    void shouldAskForTheMarkerOnlyWhereItIsMissing() throws IOException {
        // Given
        Path old = file("old/data/broker/log");
        Files.writeString(directory.resolve("old/.obstat-home"), "");

        // When
        home("old").empty();

        // Then
        assertThat(old).doesNotExist();
    }
}
