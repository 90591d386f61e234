package io.obstat.contracts.visible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Parameters;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Texts and inputs that somebody could use to show one thing and have another approved. */
public class NastyText extends DomainContextBase {

    /** What nobody can see: written here once more, from the Unicode properties, so that it does not share the code's mistakes. */
    public static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\p{Me}]|[\\p{Zs}&&[^ ]]"
            + "|[\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{2800}\\x{3164}\\x{FFA0}\\x{FE00}-\\x{FE0F}]"
            + "|[\\x{E0000}-\\x{E0FFF}]");

    /** The same by code point, for where a pattern takes too long. */
    private static final BitSet UNSEEN_POINTS = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(point -> UNSEEN.matcher(Character.toString(point)).matches())
            .collect(BitSet::new, BitSet::set, BitSet::or);

    /** Whether there is a character in the text that nobody can see. */
    public static boolean hidesSomething(CharSequence text) {
        return text.codePoints().anyMatch(UNSEEN_POINTS::get);
    }

    static final List<String> TRAPS = List.of(
            "",
            " ",
            "  ",
            "null",
            "true",
            "48210",
            "-0.5e3",
            "{}",
            "[]",
            "{2 fields}",
            "[1 item]",
            "[0]",
            "\"quoted\"",
            "\"",
            "\"\"",
            "⟨U+202E⟩",
            "⟨",
            "⟩U+41",
            "↵",
            "⇥",
            "a\nb",
            "\r\n",
            "<b>&amp;</b>",
            "'\"><script>",
            "pаypal",
            "раура1.com",
            "\u202Eevil",
            "a\u0301\u0301\u0301\u0301\u0301",
            "\uD83D\uDC69\u200D\uD83D\uDCBB",
            "\uDB40\uDC41",
            "ﬁ",
            "ｓｕｄｏ",
            "1\u0669",
            "שלום abc",
            "x ",
            " x",
            "a │ b",
            "│",
            " │ ",
            "<@U123> <!channel> <https://evil.example|docs>",
            "*bold* _it_ ~gone~ `code` ```",
            ":tada:",
            "[click](https://evil.example) **bold** - item",
            "<at>everyone</at>",
            "{{DATE(2026-01-01T00:00:00Z, SHORT)}}",
            "{{TIME(2026-01-01T00:00:00Z)}}",
            "${$root.secret}",
            "✓  for ",
            "https://example.com/?a=1&b=2");

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> characters = Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.integers().between(0x20, 0x7E)),
                        Tuple.of(3, Arbitraries.integers().between(1, 0x2FF)),
                        Tuple.of(3, Arbitraries.integers().between(0x300, 0x52F)),
                        Tuple.of(4, Arbitraries.integers().between(0x2000, 0x206F)),
                        Tuple.of(2, Arbitraries.integers().between(0x27E0, 0x27EF)),
                        Tuple.of(1, Arbitraries.integers().between(0xE0000, 0xE01FF)),
                        Tuple.of(2, Arbitraries.integers().between(1, Character.MAX_CODE_POINT)))
                .filter(codePoint -> codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
                .map(Character::toString)
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(Arbitraries.of(TRAPS), characters);
    }

    @Provide
    Arbitrary<Parameters> parameters() {
        return objects(3).map(Parameters::of);
    }

    private Arbitrary<ObjectNode> objects(int depth) {
        return Arbitraries.maps(texts(), values(depth)).ofMaxSize(4).map(NastyText::object);
    }

    private Arbitrary<JsonNode> values(int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Arbitrary<JsonNode> scalars = Arbitraries.oneOf(
                texts().map(json::textNode),
                Arbitraries.longs().between(-(1L << 53), 1L << 53).map(json::numberNode),
                Arbitraries.bigDecimals()
                        .ofScale(3)
                        .between(new BigDecimal("-9999"), new BigDecimal("9999"))
                        .map(json::numberNode),
                Arbitraries.of(json.booleanNode(true), json.booleanNode(false), json.nullNode()));
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<JsonNode> lists = Arbitraries.lazy(() -> values(depth - 1))
                .list()
                .ofMaxSize(3)
                .map(elements -> json.arrayNode().addAll(elements));
        return Arbitraries.frequencyOf(
                Tuple.of(4, scalars),
                Tuple.of(1, objects(depth - 1).map(object -> (JsonNode) object)),
                Tuple.of(1, lists));
    }

    private static ObjectNode object(Map<String, JsonNode> members) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        members.forEach(object::set);
        return object;
    }
}
