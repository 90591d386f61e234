package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.visible.InputLine;
import io.obstat.contracts.visible.InputLines;
import io.obstat.contracts.visible.NastyDice;
import io.obstat.contracts.visible.VisibleText;
import java.text.Bidi;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputTextTest {

    private static final int SEEDS = 20_000;

    /** One line as a person takes it in. */
    private record Seen(int depth, String name, String value) {

        static List<Seen> all(List<InputLine> lines) {
            return lines.stream()
                    .map(line -> new Seen(
                            line.depth(),
                            VisibleText.read(line.name().text()),
                            line.value().text()))
                    .toList();
        }
    }

    @Test
    void shouldReadBackWhateverItWrites() {
        for (int seed = 0; seed < SEEDS; seed++) {
            // Given
            Parameters parameters = new NastyDice(seed).parameters();
            List<InputLine> lines = InputLines.of(parameters);

            // When
            List<InputLine> read = InputText.read(InputText.write(lines));

            // Then
            assertThat(Seen.all(read)).as("seed %d: %s", seed, parameters).isEqualTo(Seen.all(lines));
            assertThat(InputLines.read(read)).as("seed %d", seed).isEqualTo(parameters);
        }
    }

    /** SPEC: Unicode Standard Annex 9: otherwise the number would stand before the name, on the other side of the bar. */
    @Test
    void shouldKeepNameAndValueInTheirPlacesWhenTheyAreWrittenFromRightToLeft() {
        // Given
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        parameters.put("\u05E9\u05D5\u05E8\u05D5\u05EA", 48_210).put("table", "\u05DC\u05E7\u05D5\u05D7\u05D5\u05EA 7");
        List<InputLine> lines = InputLines.of(Parameters.of(parameters));

        // When
        String text = InputText.write(lines);

        // Then as seen, each line goes from left to right from its name over the bar to its value
        for (String row : text.split("\n")) {
            var seen = new Bidi(row, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
            assertThat(seen.baseIsLeftToRight()).as(row).isTrue();
            assertThat(seen.getLevelAt(row.indexOf('│'))).as(row).isZero();
        }
        assertThat(Seen.all(InputText.read(text))).isEqualTo(Seen.all(lines));
    }

    @Test
    void shouldGoOnInTheNextLineWhereAValueDoes() {
        // Given
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        parameters.put("format", "csv").put("where", "country = 'DE'\nand age > 18");
        parameters.putObject("limits").put("rows", 48_210);

        // When
        String text = InputText.write(InputLines.of(Parameters.of(parameters)));

        // Then
        assertThat(text.lines())
                .containsExactlyInAnyOrder(
                        "format │ csv",
                        "where  │ country = 'DE'↵",
                        "       │ and age > 18",
                        "limits │ {1 field}",
                        "  rows │ 48210");
    }

    @Test
    void shouldNotTakeABarInANameForItsEnd() {
        // Given
        Parameters parameters =
                Parameters.of(JsonNodeFactory.instance.objectNode().put("limit │ 10", "of │ 20"));

        // When
        String text = InputText.write(InputLines.of(parameters));

        // Then
        assertThat(text).isEqualTo("limit ⟨U+2502⟩ 10 │ of │ 20");
        assertThat(InputLines.read(InputText.read(text))).isEqualTo(parameters);
    }

    @Test
    void shouldWriteNothingForNoInputs() {
        assertThat(InputText.write(List.of())).isEmpty();
        assertThat(InputText.read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no bar", "name│value", "\n", "a │ 1\n", "  │ goes on with nothing"})
    void shouldRefuseToReadWhatItDoesNotWrite(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> InputText.read(text));
    }
}
