package io.obstat.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.visible.NastyDice;
import io.obstat.contracts.visible.NastyText;
import io.obstat.contracts.visible.VisibleText;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnlinkedTest {

    /**
     * What mail programs make links of by themselves, and a little more; no address has one of the brackets in it. Written apart from the code
     * that prevents it.
     */
    static final Pattern LINK = Pattern.compile(
            "(?i)[a-z][a-z0-9+.-]*:[^\\s⟩]|[^\\s@⟨]@[^\\s@⟩]|[^\\s.⟨][.\\u3002\\uFF0E\\uFF61]\\p{L}|\\bwww\\.|\\\\\\\\");

    private static final int TEXTS = 25_000;

    @ParameterizedTest
    @CsvSource({
        "https://evil.example/a?b=c#d, https⟨:⟩//evil⟨.⟩example/a?b=c#d",
        "www.evil.example, www⟨.⟩evil⟨.⟩example",
        "evil.example, evil⟨.⟩example",
        "bücher.example, bücher⟨.⟩example",
        "i❤.ws, i❤⟨.⟩ws",
        "evil。example, evil⟨。⟩example",
        "mailto:a@evil.example, mailto⟨:⟩a⟨@⟩evil⟨.⟩example",
        "tel:+491, tel⟨:⟩+491",
        "\\\\evil\\share, \\⟨\\⟩evil\\share",
        "postgres://prod/customers, postgres⟨:⟩//prod/customers",
        "arn:aws:s3:::logs, arn⟨:⟩aws⟨:⟩s3⟨:⟩::logs",
    })
    void shouldBreakWhatMailProgramsMakeLinksOf(String text, String shown) {
        assertThat(Unlinked.of(VisibleText.of(text))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "Export customer data. Then stop: now",
        "country = 'DE' AND age > 3.14",
        "10.0.0.1/24",
        "C:",
        "@oncall",
    })
    void shouldLeaveOtherTextAlone(String text) {
        assertThat(Unlinked.of(VisibleText.of(text))).isEqualTo(text);
    }

    @Test
    void shouldGiveEveryTextBackAndLeaveNoLinkInIt() {
        IntStream.range(0, TEXTS).parallel().forEach(seed -> {
            // Given
            var dice = new NastyDice(seed);
            VisibleText text = VisibleText.of(dice.text() + "https://evil.example" + dice.text() + "." + dice.text());

            // When
            String shown = Unlinked.of(text);

            // Then
            if (!read(shown).equals(text.text()) || LINK.matcher(shown).find() || NastyText.hidesSomething(shown)) {
                throw new AssertionError("Seed %d: %s is shown as %s".formatted(seed, text.text(), shown));
            }
        });
    }

    @Test
    void shouldSayHowMuchOfALongTextIsLeftOut() {
        // Given a hidden character across the end of what fits, and then some
        String text = "x".repeat(Unlinked.LONGEST - 3) + "\u202E" + "🙂".repeat(5);

        // When
        String shown = Unlinked.of(VisibleText.of(text));

        // Then
        assertThat(shown).isEqualTo("x".repeat(Unlinked.LONGEST - 3) + " … (6 more characters)");
    }

    @Test
    void shouldCutNoCharacterInTwo() {
        // Given
        String text = "x".repeat(Unlinked.LONGEST - 1) + "🙂🙂";

        // When
        String shown = Unlinked.of(VisibleText.of(text));

        // Then
        assertThat(shown).isEqualTo("x".repeat(Unlinked.LONGEST - 1) + " … (2 more characters)");
    }

    /** What a person reads who knows the brackets. */
    static String read(String shown) {
        return shown.replaceAll("⟨([:.。．｡@\\\\])⟩", "$1");
    }
}
