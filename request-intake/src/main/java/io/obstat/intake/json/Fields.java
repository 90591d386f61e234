package io.obstat.intake.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.intake.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of one JSON object, read one by one, gathering what is wrong with each. A null is a missing value. */
final class Fields {

    /** More than these help nobody. */
    private static final int MOST_ERRORS = 20;

    private final ObjectNode object;
    private final List<FieldError> errors = new ArrayList<>();

    Fields(ObjectNode object) {
        this.object = object;
    }

    /** What was wrong so far. */
    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    void refuseOthersThan(Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                add(shortened(name), "is not a known field; remove it, or use one of " + RequestReader.known(known));
            }
        });
    }

    /** The value, or nothing and an error when it is missing or wrong. */
    <T> Optional<T> required(String name, Class<T> type) {
        check(() -> Required.present(name, value(name)));
        return optional(name, type);
    }

    /** The value, or nothing; and an error when it is there and wrong. */
    <T> Optional<T> optional(String name, Class<T> type) {
        JsonNode value = value(name);
        return value == null ? Optional.empty() : read(name, value, type);
    }

    /** The elements that are in order, at most {@code most}, and an error for each that is not. A missing list is an empty one. */
    <T> List<T> list(String name, Class<T> type, int most) {
        JsonNode value = value(name);
        if (value != null && !value.isArray()) {
            add(name, "must be an array; put the one element into [ ]");
        }
        if (value == null || !value.isArray()) {
            return List.of();
        }
        if (value.size() > most) {
            add(name, "has %d elements, at most %d are allowed".formatted(value.size(), most));
            return List.of();
        }
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            read("%s[%d]".formatted(name, i), value.get(i), type).ifPresent(elements::add);
        }
        return elements;
    }

    /** The text, or empty text and an error when it is missing, blank, too long or no text. */
    String text(String name, int longest) {
        int before = errors.size();
        Optional<String> text = required(name, String.class);
        if (errors.size() == before) {
            check(() -> Required.text(name, text.orElse(null), longest));
        }
        return text.orElse("");
    }

    Optional<String> optionalText(String name, int longest) {
        Optional<String> text = optional(name, String.class);
        text.ifPresent(value -> check(() -> Required.optionalText(name, value, longest)));
        return text;
    }

    /** SPEC: RFC 3339 §5.6, a date-time. */
    Optional<Instant> instant(String name) {
        Optional<String> text = optional(name, String.class);
        try {
            return text.map(value -> OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException e) {
            add(
                    name,
                    "is %s, which is no time; write it as RFC 3339, for example 2026-11-22T15:00:00Z"
                            .formatted(Quoted.of(text.orElse(null))));
            return Optional.empty();
        }
    }

    void check(Runnable check) {
        try {
            check.run();
        } catch (InvalidFieldException e) {
            add(e.field(), e.problem());
        }
    }

    private <T> Optional<T> read(String path, JsonNode value, Class<T> type) {
        try {
            return Optional.of(Json.readStrict(Json.write(value), type));
        } catch (MalformedJsonException e) {
            add(path(path, e.field()), e.problem());
            return Optional.empty();
        }
    }

    private @Nullable JsonNode value(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private static String path(String path, String inner) {
        // A value record's checks may name the field that it stands in, which the path does already.
        String field = path.replaceFirst("\\[[0-9]+]$", "");
        String rest =
                inner.equals(field) ? "" : inner.startsWith(field + ".") ? inner.substring(field.length() + 1) : inner;
        return rest.isEmpty() || rest.startsWith("[") ? path + rest : path + "." + rest;
    }

    private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }

    private void add(String field, String problem) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(new FieldError(field, problem));
        }
    }
}
