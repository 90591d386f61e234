package io.obstat.contracts.visible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Parameters;
import java.math.BigDecimal;
import java.util.SplittableRandom;

/** The texts and inputs of {@link NastyText}, thrown from a seed: by the hundred thousand, where nothing has to be shrunk. */
public final class NastyDice {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int[][] RANGES = {
        {0x20, 0x7E},
        {0x20, 0x7E},
        {0x20, 0x7E},
        {1, 0x2FF},
        {0x300, 0x52F},
        {0x2000, 0x206F},
        {0x2500, 0x257F},
        {0x27E0, 0x27EF},
        {0xE0000, 0xE01FF},
        {1, Character.MAX_CODE_POINT}
    };

    private final SplittableRandom random;

    public NastyDice(long seed) {
        random = new SplittableRandom(seed);
    }

    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    public String text() {
        if (oneIn(3)) {
            return NastyText.TRAPS.get(random.nextInt(NastyText.TRAPS.size()));
        }
        int length = random.nextInt(13);
        var text = new StringBuilder();
        while (length-- > 0) {
            int[] range = RANGES[random.nextInt(RANGES.length)];
            int codePoint = random.nextInt(range[0], range[1] + 1);
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }

    public Parameters parameters() {
        return Parameters.of(object(3));
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JSON.objectNode();
        for (int members = random.nextInt(5); members > 0; members--) {
            object.set(text(), value(depth));
        }
        return object;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> JSON.numberNode(random.nextLong(-(1L << 53), 1L << 53));
            case 1 -> JSON.numberNode(BigDecimal.valueOf(random.nextLong(-9_999_000, 9_999_000), 3));
            case 2 -> oneIn(3) ? JSON.nullNode() : JSON.booleanNode(oneIn(2));
            case 3, 4 -> JSON.textNode(text());
            case 5 -> object(depth - 1);
            default -> list(depth - 1);
        };
    }

    private ArrayNode list(int depth) {
        ArrayNode list = JSON.arrayNode();
        for (int items = random.nextInt(4); items > 0; items--) {
            list.add(value(depth));
        }
        return list;
    }
}
