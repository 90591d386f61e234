package io.obstat.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks for compact constructors. Each throws {@link InvalidFieldException}, which names the field and the remedy. */
public final class Required {

    private Required() {}

    /** @throws InvalidFieldException when the value is missing */
    public static void present(String field, @Nullable Object value) {
        if (value == null) {
            throw new InvalidFieldException(field, "is missing; give it a value");
        }
    }

    /** @throws InvalidFieldException when the text is missing, blank or longer than {@code longest} UTF-16 units */
    public static void text(String field, @Nullable String value, int longest) {
        present(field, value);
        if (value == null || value.isBlank()) {
            throw new InvalidFieldException(field, "is blank; give it a value");
        }
        optionalText(field, value, longest);
    }

    /** @throws InvalidFieldException when there is a text and it is longer than {@code longest} UTF-16 units */
    public static void optionalText(String field, @Nullable String value, int longest) {
        if (value != null && value.length() > longest) {
            throw new InvalidFieldException(
                    field,
                    "has %d characters, at most %d are allowed; shorten it or link to it"
                            .formatted(value.length(), longest));
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
