package io.obstat.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.local.VirtualMachines.Aim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualMachinesTest {

    private static final String QUICK_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";

    @TempDir
    private Path root = Path.of("");

    private Path jar = Path.of("");

    private VirtualMachines machines = new VirtualMachines(Path.of(""), Aim.START);

    @BeforeEach
    void build() throws IOException {
        jar = Files.writeString(root.resolve("notifier.jar"), "a jar");
        machines = VirtualMachines.of(Directories.in(root));
    }

    private List<String> flags(Aim aim) {
        return machines.with(aim).flags(PartName.NOTIFIER, List.of(jar));
    }

    /** As a virtual machine does at its ordinary end. */
    private void learn() throws IOException {
        machines.forget();
        Files.writeString(cache(flags(Aim.LEARN)), "classes");
    }

    private static Path cache(List<String> flags) {
        String last = flags.getLast();
        return Path.of(last.substring(last.indexOf('=') + 1));
    }

    @Test
    void shouldStartWithoutACacheWhenNothingWasLearned() {
        assertThat(flags(Aim.START)).containsExactly(QUICK_COMPILER_ONLY);
        assertThat(flags(Aim.THROUGHPUT)).isEmpty();
    }

    @Test
    void shouldUseWhatWasLearned() throws IOException {
        // Given
        learn();

        // When
        machines.keep();

        // Then
        assertThat(cache(flags(Aim.START))).hasContent("classes");
        assertThat(cache(flags(Aim.THROUGHPUT))).isEqualTo(cache(flags(Aim.START)));
        assertThat(flags(Aim.THROUGHPUT)).doesNotContain(QUICK_COMPILER_ONLY);
    }

    @Test
    void shouldNotUseWhatMayNotBeWhole() throws IOException {
        // When
        learn();

        // Then
        assertThat(flags(Aim.START)).containsExactly(QUICK_COMPILER_ONLY);
    }

    @Test
    void shouldNotUseTheCacheOfAnotherBuild() throws IOException {
        // Given
        learn();
        machines.keep();

        // When
        Files.writeString(jar, "another jar");

        // Then
        assertThat(flags(Aim.START)).containsExactly(QUICK_COMPILER_ONLY);
    }

    @Test
    void shouldForgetTheBuildBefore() throws IOException {
        // Given
        learn();
        machines.keep();
        Path before = cache(flags(Aim.START));
        Files.writeString(jar, "another jar");

        // When
        learn();

        // Then
        assertThat(before).doesNotExist();
    }
}
