package io.obstat.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks for compact constructors. Each throws {@link InvalidFieldException}, which names the field and the remedy. */
public final class Required {

    private Required() {}

    /**
     * The value is there.
     *
     * @throws InvalidFieldException when it is missing
     */
    public static void present(String field, @Nullable Object value) {
        if (value == null) {
            throw new InvalidFieldException(field, "is missing; give it a value");
        }
    }

    /**
     * The text is there, and says something.
     *
     * @throws InvalidFieldException when it is missing, blank or longer than {@code longest} UTF-16 units, or cannot be stored
     */
    public static void text(String field, @Nullable String value, int longest) {
        present(field, value);
        if (value == null || value.isBlank()) {
            throw new InvalidFieldException(field, "is blank; give it a value");
        }
        optionalText(field, value, longest);
    }

    /**
     * The text, if there is one, is short enough.
     *
     * @throws InvalidFieldException when it is longer than {@code longest} UTF-16 units, or cannot be stored
     */
    public static void optionalText(String field, @Nullable String value, int longest) {
        if (value == null) {
            return;
        }
        if (value.length() > longest) {
            throw new InvalidFieldException(
                    field,
                    "has %d characters, at most %d are allowed; shorten it or link to it"
                            .formatted(value.length(), longest));
        }
        storable(field, value);
    }

    /**
     * Text that JSON can escape but that nothing behind the door can keep: UTF-8 has no lone surrogates, PostgreSQL no U+0000.
     *
     * @throws InvalidFieldException when the text holds one
     */
    static void storable(CharSequence field, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new InvalidFieldException(
                        field.toString(),
                        "holds %s, which cannot be stored; remove it"
                                .formatted(c == 0 ? "U+0000" : "the lone surrogate \\u%04x".formatted((int) c)));
            }
        }
    }

    /** An unmodifiable copy; a missing list is an empty one. @throws InvalidFieldException when it has more than {@code most} elements */
    public static <T> List<T> list(String field, @Nullable List<T> values, int most) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > most) {
            throw new InvalidFieldException(
                    field, "has %d elements, at most %d are allowed".formatted(values.size(), most));
        }
        for (int i = 0; i < values.size(); i++) {
            present("%s[%d]".formatted(field, i), values.get(i));
        }
        return List.copyOf(values);
    }
}
