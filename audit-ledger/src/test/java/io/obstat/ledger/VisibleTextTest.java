package io.obstat.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x1B, 0x7F, 0x85, 0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x180E, 0x200B, 0x200D, 0x200E,
                0x202E, 0x2028, 0x2029, 0x2066, 0x2069, 0x2800, 0x3164, 0xFE0F, 0xFEFF, 0xE000, 0xD800, 0xE0041,
                0xE0100, 0x10FFFF
            })
    void shouldSpellOutEveryHiddenCharacter(int codePoint) {
        // Given
        String text = "a" + new String(new int[] {codePoint}, 0, 1) + "b";

        // When
        VisibleText visible = VisibleText.of(text);

        // Then
        assertThat(visible.plain()).isEqualTo("a⟨U+%04X⟩b".formatted(codePoint));
        assertThat(visible.runs()).extracting(VisibleText.Run::spelledOut).containsExactly(false, true, false);
    }

    @Test
    void shouldLeaveWhatCanBeSeenAlone() {
        // Given
        String text = "Ärger, Ελλάδα, 日本語, 🎉 and <b>'quotes'</b> – 100 %";

        // When
        VisibleText visible = VisibleText.of(text);

        // Then
        assertThat(visible.runs()).containsExactly(new VisibleText.Run(text, false));
    }
}
