package io.obstat.local.chat.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules that tables are made of. */
public final class Rules {

    private Rules() {}

    /** Anything at all. */
    public static Rule any() {
        return (value, pointer, faults) -> {};
    }

    /** Text of at least and at most so many UTF-16 code units. */
    public static Rule text(int least, int most) {
        return (value, pointer, faults) -> {
            if (!value.isTextual()) {
                faults.add(new Fault(pointer, "must be a string"));
            } else if (value.textValue().length() > most) {
                faults.add(new Fault(pointer, "must be less than %d characters".formatted(most + 1)));
            } else if (value.textValue().length() < least) {
                faults.add(new Fault(pointer, "must be more than %d characters".formatted(least - 1)));
            }
        };
    }

    /** Text, as short or long as one likes. */
    public static Rule text() {
        return text(0, Integer.MAX_VALUE);
    }

    /** Text that matches as a whole. */
    public static Rule matching(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return (value, pointer, faults) -> {
            if (!value.isTextual() || !compiled.matcher(value.textValue()).matches()) {
                faults.add(new Fault(pointer, "must match pattern %s".formatted(pattern)));
            }
        };
    }

    public static Rule integer(long least, long most) {
        return (value, pointer, faults) -> {
            if (!value.isIntegralNumber() || value.longValue() < least || value.longValue() > most) {
                faults.add(new Fault(pointer, "must be an integer from %d to %d".formatted(least, most)));
            }
        };
    }

    public static Rule number() {
        return (value, pointer, faults) -> {
            if (!value.isNumber()) {
                faults.add(new Fault(pointer, "must be a number"));
            }
        };
    }

    public static Rule flag() {
        return (value, pointer, faults) -> {
            if (!value.isBoolean()) {
                faults.add(new Fault(pointer, "must be a boolean"));
            }
        };
    }

    /** An object with whatever in it. */
    public static Rule object() {
        return (value, pointer, faults) -> {
            if (!value.isObject()) {
                faults.add(new Fault(pointer, "must be an object"));
            }
        };
    }

    /** One of these words, letter for letter. */
    public static Rule word(String... words) {
        List<String> known = List.of(words);
        return (value, pointer, faults) -> {
            if (!value.isTextual() || !known.contains(value.textValue())) {
                faults.add(new Fault(pointer, "must be one of %s".formatted(known)));
            }
        };
    }

    /** One of these words, in upper or lower case. */
    public static Rule wordInAnyCase(String... words) {
        List<String> known =
                Arrays.stream(words).map(word -> word.toLowerCase(Locale.ROOT)).toList();
        return (value, pointer, faults) -> {
            if (!value.isTextual() || !known.contains(value.textValue().toLowerCase(Locale.ROOT))) {
                faults.add(new Fault(pointer, "must be one of %s".formatted(List.of(words))));
            }
        };
    }

    /** A list of at least and at most so many, each of which follows the rule. */
    public static Rule list(int least, int most, Rule each) {
        return (value, pointer, faults) -> {
            if (!value.isArray()) {
                faults.add(new Fault(pointer, "must be an array"));
                return;
            }
            if (value.size() > most) {
                faults.add(new Fault(pointer, "no more than %d items allowed".formatted(most)));
            }
            if (value.size() < least) {
                faults.add(new Fault(pointer, "no fewer than %d items allowed".formatted(least)));
            }
            for (int i = 0; i < value.size(); i++) {
                each.check(value.get(i), pointer + "/" + i, faults);
            }
        };
    }

    /** Follows one of the rules. What is wrong is told by the last. */
    public static Rule either(Rule first, Rule second) {
        return (value, pointer, faults) -> {
            if (!first.faults(value).isEmpty()) {
                second.check(value, pointer, faults);
            }
        };
    }

    /** An object whose {@code type} is that of one of the shapes, and which is shaped so. */
    public static Rule oneOf(Shape... shapes) {
        List<Shape> known = List.of(shapes);
        return (value, pointer, faults) -> {
            JsonNode type = value.path("type");
            if (!type.isTextual()) {
                faults.add(new Fault(pointer, "missing required field: type"));
                return;
            }
            known.stream()
                    .filter(shape -> shape.type().equals(type.textValue()))
                    .findFirst()
                    .ifPresentOrElse(
                            shape -> shape.check(value, pointer, faults),
                            () -> faults.add(
                                    new Fault(pointer + "/type", "unsupported type: %s".formatted(type.textValue()))));
        };
    }
}
