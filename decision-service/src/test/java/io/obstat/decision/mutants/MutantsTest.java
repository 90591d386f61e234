package io.obstat.decision.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of mutants says something as long as each of them is still a change of the code that is there. */
class MutantsTest {

    private static final Path FOLDER = Path.of("src/test/mutants");
    private static final Path ROOT = Path.of("..");

    @Test
    void shouldApplyEveryMutant() throws IOException {
        List<Mutant> mutants = Mutant.in(FOLDER);
        assertThat(mutants).hasSizeGreaterThanOrEqualTo(30);
        for (Mutant mutant : mutants) {
            String source = Files.readString(ROOT.resolve(mutant.file()));
            assertThat(mutant.apply(source)).as(mutant.name()).isNotEqualTo(source);
            assertThat(mutant.description()).as(mutant.name()).endsWith(".").hasSizeLessThan(120);
        }
    }

    @Test
    void shouldExplainEverySurvivor() throws IOException {
        // Given the table of the last run
        List<String> survivors = Files.readAllLines(FOLDER.resolve("README.md")).stream()
                .filter(line -> line.startsWith("| ") && line.contains("SURVIVED"))
                .map(line -> line.split("\\|")[1].strip())
                .toList();

        // Then each is named again, with its reason
        String explained = Files.readString(FOLDER.resolve("README.md"));
        assertThat(survivors).allSatisfy(name -> assertThat(explained).contains("- `" + name + "`: "));
        assertThat(Mutant.in(FOLDER)).allSatisfy(mutant -> assertThat(explained).contains("| " + mutant.name() + " |"));
    }
}
