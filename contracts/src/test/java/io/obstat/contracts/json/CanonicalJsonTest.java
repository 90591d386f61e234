package io.obstat.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors are those of RFC 8785, §3.2.2, §3.2.3 and Appendix B. */
class CanonicalJsonTest {

    @Test
    void shouldWriteTheSampleOfTheSpecification() {
        // Given RFC 8785 §3.2.2, but for its first number, which is not the one that comes out
        String json = """
                {
                  "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""";

        // When
        String canonical = canonical(json);

        // Then
        assertThat(canonical)
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void shouldRefuseTheNumberThatTheSampleOfTheSpecificationRounds() {
        // Given / When / Then
        assertThatThrownBy(() -> canonical("{\"numbers\":[333333333.33333329]}"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("numbers[0] is the number 333333333.33333329, which does not survive");
    }

    @Test
    void shouldSortKeysByUtf16Units() {
        // Given RFC 8785 §3.2.3
        String json = """
                {"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
                 "\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}""";

        // When
        String canonical = canonical(json);

        // Then
        assertThat(canonical)
                .containsSubsequence("Carriage Return", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void shouldWriteNumbersAsTheSpecificationDoes(String bits, String expected) {
        // Given a double as its IEEE 754 bits, RFC 8785 Appendix B
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        // When / Then it comes out as published, and what was published comes out as it is
        assertThat(Double.parseDouble(expected)).isEqualTo(number == 0 ? 0.0 : number);
        assertThat(canonical("[" + expected + "]")).isEqualTo("[" + expected + "]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void shouldRefuseWhatIsNoNumberInJson(double number) {
        // Given RFC 8785 Appendix B: NaN and Infinity end in an error
        JsonNode tree = JsonNodeFactory.instance.objectNode().put("n", number);

        // When / Then
        assertThatThrownBy(() -> CanonicalJson.bytes(tree))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("n is the number");
    }

    @Test
    void shouldRefuseNodesThatOnlyProgramsBuild() {
        // Given
        JsonNode tree = JsonNodeFactory.instance.objectNode().putPOJO("p", new Object());

        // When / Then
        assertThatThrownBy(() -> CanonicalJson.bytes(tree))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith("p is a POJO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\\ud800\"}", "[\"\\udc00x\"]", "{\"a\":[{\"b\":\"x\\ud83d\"}]}"})
    void shouldRefuseLoneSurrogates(String json) {
        // Given / When / Then
        assertThatThrownBy(() -> canonical(json))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("lone surrogate");
    }

    @Test
    void shouldRefuseLoneSurrogatesInKeys() {
        // Given a tree that a program built; the reader refuses such text by itself
        JsonNode tree = JsonNodeFactory.instance.objectNode().put("\ud83d", 1);

        // When / Then
        assertThatThrownBy(() -> CanonicalJson.bytes(tree)).hasMessageContaining("lone surrogate \\ud83d");
        assertThatThrownBy(() -> canonical("{\"\\ud83d\":1}")).isInstanceOf(MalformedJsonException.class);
    }

    @Property
    void shouldAgreeWithTheLibraryOnText(@ForAll Map<String, String> texts) throws IOException {
        // Given
        JsonNode tree = Json.tree(Map.of("a", texts, "b", List.copyOf(texts.values())));
        assumeThat(texts.entrySet()).allMatch(text -> isUnicode(text.getKey() + "x" + text.getValue()));

        // When / Then
        assertThat(CanonicalJson.bytes(tree)).isEqualTo(new JsonCanonicalizer(tree.toString()).getEncodedUTF8());
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String canonical(String json) {
        JsonNode tree = Json.readStrict(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        return new String(CanonicalJson.bytes(tree), StandardCharsets.UTF_8);
    }

    @Test
    void shouldNotPutTogetherAPathForEveryElementOfALargeArrayWithALongName() {
        // Given
        JsonNode hostile = Json.events()
                .createObjectNode()
                .set("k".repeat(16_000), Json.events().valueToTree(Collections.nCopies(8_000, 0)));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        CanonicalJson.bytes(hostile);
        long before = threads.getCurrentThreadAllocatedBytes();

        // When
        CanonicalJson.bytes(hostile);

        // Then
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000_000);
    }
}
