package io.obstat.policy.yaml;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How constants are written in a policy file: as on the wire, in lower case with dashes. */
final class Words {

    private Words() {}

    static <E extends Enum<E>> Map<String, E> of(E[] values) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) {
            words.put(of(value), value);
        }
        return words;
    }

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
