package io.obstat.contracts.visible;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTextTest {

    @Property
    @Domain(NastyText.class)
    void shouldGiveEveryTextBackAndLeaveNothingUnseen(@ForAll String text) {
        // When
        String shown = VisibleText.of(text).text();

        // Then
        assertThat(VisibleText.read(shown)).isEqualTo(text);
        assertThat(shown).doesNotContainPattern(NastyText.UNSEEN);
    }

    @ParameterizedTest
    @CsvSource({
        "country = 'DE' \u202E--, country = 'DE' ⟨U+202E⟩--",
        "ad\u200Bmin, ad⟨U+200B⟩min",
        "a\u00A0b, a⟨U+00A0⟩b",
        "ignore\uDB40\uDC49, ignore⟨U+E0049⟩",
        "be\u0007ll, be⟨U+0007⟩ll",
        "p\u0430ypal.com, p⟨U+0430⟩ypal.com",
        "\u0440\u0430\u0443.com, ⟨U+0440⟩⟨U+0430⟩⟨U+0443⟩.com",
        "ｓudo, ⟨U+FF53⟩udo",
        "example.com\u2044evil, example.com⟨U+2044⟩evil",
        "1\u06690, 1⟨U+0669⟩0",
    })
    void shouldShowWhatCannotBeSeenOrLooksLikeSomethingElse(String text, String shown) {
        // Given a text with one trick in it, when
        String visible = VisibleText.of(text).text();

        // Then
        assertThat(visible).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "Zürich – naïve café",
        "Москва и область",
        "東京データ",
        "שלום",
        "नमस्ते दुनिया",
        "Tシャツ",
        "π ≈ 3.14",
        "👍 ok",
        "x̄ = 5"
    })
    void shouldLeaveHonestTextAlone(String text) {
        // When
        VisibleText visible = VisibleText.of(text);

        // Then
        assertThat(visible.text()).isEqualTo(text);
        assertThat(visible.parts()).allMatch(VisibleText.Part::plain);
    }

    @Test
    void shouldKeepLinesAndTellThemFromTypedMarks() {
        // Given a line feed, and the marks that stand for hidden characters, typed
        VisibleText visible = VisibleText.of("a\nb⟨U+0041⟩");

        // Then
        assertThat(visible.text()).isEqualTo("a↵b⟨U+27E8⟩U+0041⟨U+27E9⟩");
        assertThat(visible.parts().get(1).endsLine()).isTrue();
    }

    @Test
    void shouldCountOnlyWhatAReviewerShouldBeToldOf() {
        // Given
        var counts = new LinkedHashMap<VisibleText.Part, Integer>();

        // When
        VisibleText.of("\u202Ea\u202Eb\nc⟨").countSigns(counts);

        // Then
        assertThat(counts).hasSize(1).containsValue(2);
        assertThat(counts.keySet().iterator().next().name()).isEqualTo("U+202E RIGHT-TO-LEFT OVERRIDE");
    }
}
