package io.obstat.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    @Test
    void shouldNeverChangeForTheSameCause() {
        // Given ids that were derived when their form was fixed
        // When / Then
        assertThat(ActionId.derive(new AgentId("etl-agent"), "key-1")).hasToString("act_2cvokkdngl67dzo5rk7wdxpni4");
        assertThat(EventId.derive("io.obstat.decision.v1", "act_1")).hasToString("evt_pwyfmylienicz7a74rq2rm4y32");
    }

    @Property
    void shouldDeriveTheSameIdInTheFormFromTheSameParts(@ForAll List<String> parts) {
        // Given
        String[] causes = parts.toArray(String[]::new);

        // When
        ReviewId one = ReviewId.derive(causes);
        ReviewId again = ReviewId.derive(causes);

        // Then
        assertThat(one).isEqualTo(again);
        assertThat(one.value()).matches("rev_[a-z2-7]{26}");
    }

    @Property
    void shouldKeepPartBoundariesApart(@ForAll @NotEmpty String text, @ForAll int cut) {
        // Given the same characters, cut elsewhere or not at all
        int at = Math.floorMod(cut, text.length() + 1);

        // When / Then
        assertThat(ReviewId.derive(text.substring(0, at), text.substring(at))).isNotEqualTo(ReviewId.derive(text));
        assertThat(ReviewId.derive(text, "")).isNotEqualTo(ReviewId.derive("", text));
    }

    @Property
    void shouldDependOnTypeAndCause(@ForAll String one, @ForAll String other) {
        // Given / When
        boolean same = EventId.derive("t", one).equals(EventId.derive("t", other));

        // Then
        assertThat(same).isEqualTo(bytes(one).equals(bytes(other)));
        assertThat(EventId.derive("t", one)).isNotEqualTo(EventId.derive("u", one));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "act_",
                "ACT_aaaaaaaaaaaaaaaaaaaaaaaaaa",
                "act_aaaaaaaaaaaaaaaaaaaaaaaaa1",
                "act_aaaaaaaaaaaaaaaaaaaaaaaaaa\n"
            })
    void shouldRefuseOtherForms(String text) {
        // Given / When / Then
        for (Function<String, Object> type :
                List.<Function<String, Object>>of(ActionId::new, GrantId::new, ReviewId::new)) {
            assertThatThrownBy(() -> type.apply(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must match");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "a..b", ".a", "a.", "a b", "a\n", "ü"})
    void shouldRefuseActionTypesThatAreNoDottedWords(String text) {
        // Given / When / Then
        assertThatThrownBy(() -> new ActionType(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseWhatIsTooLongAtOnceAndQuoteOnlyItsBeginning() {
        // Given
        String text = "a.".repeat(1_000_000);

        // When / Then
        for (Function<String, Object> type :
                List.<Function<String, Object>>of(ActionType::new, AgentId::new, EventId::new)) {
            assertThatThrownBy(() -> type.apply(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
        }
    }

    @Test
    void shouldSayTheLastFourCharactersAloud() {
        // Given
        ActionId id = new ActionId("act_" + "a".repeat(22) + "7q2f");

        // When / Then
        assertThat(id.shortForm()).isEqualTo("7Q2F");
    }

    private static List<Byte> bytes(String text) {
        var bytes = new java.util.ArrayList<Byte>();
        for (byte b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            bytes.add(b);
        }
        return bytes;
    }
}
