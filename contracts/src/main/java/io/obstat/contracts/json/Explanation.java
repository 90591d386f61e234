package io.obstat.contracts.json;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Jackson says, in words for whoever wrote the JSON: which field, what is wrong with it, what to do. No names of Java types. */
final class Explanation {

    private Explanation() {}

    static MalformedJsonException of(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamReadException syntax) {
                return syntax(syntax);
            }
        }
        return e instanceof JsonMappingException mapping
                ? mapping(mapping)
                : new MalformedJsonException("", "Not valid JSON: " + firstLine(e.getMessage()));
    }

    private static MalformedJsonException syntax(StreamReadException e) {
        String message = firstLine(e.getOriginalMessage());
        if (message.startsWith("Duplicate field") && e.getProcessor() != null) {
            return new MalformedJsonException(
                    path(e.getProcessor().getParsingContext()), "is there twice; keep one of the two");
        }
        JsonLocation at = e.getLocation();
        String where = at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
        return new MalformedJsonException("", "Not valid JSON: " + message + where);
    }

    private static MalformedJsonException mapping(JsonMappingException e) {
        String path = path(e.getPath());
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new MalformedJsonException(
                    path, "is not a known field; remove it, or use one of " + unknown.getKnownPropertyIds());
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidFieldException invalid) {
                return new MalformedJsonException(within(path, invalid.field()), invalid.problem());
            }
            if (cause instanceof MalformedJsonException malformed) {
                return new MalformedJsonException(within(path, malformed.field()), malformed.problem());
            }
            if (cause instanceof IllegalArgumentException) {
                return new MalformedJsonException(path, "is not acceptable: " + cause.getMessage());
            }
            if (cause instanceof MismatchedInputException mismatched) {
                return new MalformedJsonException(path, expectation(mismatched));
            }
        }
        return new MalformedJsonException(path, "has the wrong form: " + firstLine(e.getOriginalMessage()));
    }

    private static String expectation(MismatchedInputException e) {
        Class<?> wanted = e.getTargetType();
        String got = e instanceof InvalidFormatException format
                ? ", got " + Quoted.of(String.valueOf(format.getValue()))
                : "";
        if (e.getOriginalMessage().startsWith("Trailing token")) {
            return "The document goes on after its end; send one JSON value";
        }
        if (e.getOriginalMessage().startsWith("No content")) {
            return "The document is empty; send a JSON object";
        }
        if (wanted != null && wanted.isEnum()) {
            return "must be one of %s%s".formatted(wireNames(wanted), got);
        }
        return "must be %s%s".formatted(kind(wanted), got);
    }

    private static List<String> wireNames(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(value -> Json.tree(value).asText())
                .toList();
    }

    private static String kind(@Nullable Class<?> wanted) {
        if (wanted == null) {
            return "of another type";
        }
        if (wanted == String.class || isId(wanted)) {
            return "a string";
        }
        if (wanted == boolean.class || wanted == Boolean.class) {
            return "true or false";
        }
        if (wanted == int.class || wanted == long.class || Number.class.isAssignableFrom(wanted)) {
            return "a whole number of at most %s digits".formatted(wanted == long.class ? "18" : "9");
        }
        return Collection.class.isAssignableFrom(wanted) ? "an array" : "an object";
    }

    private static boolean isId(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        return components != null
                && components.length == 1
                && components[0].getAccessor().isAnnotationPresent(JsonValue.class);
    }

    /** A value record's checks name their field relative to the record; the path leads to the record, and may name the field already. */
    private static String within(String path, String field) {
        String last = path.substring(path.lastIndexOf('.') + 1).replaceFirst("\\[\\d+]$", "");
        if (path.isEmpty() || field.isEmpty() || field.equals(last)) {
            return path.isEmpty() ? field : path;
        }
        return path + "." + (field.startsWith(last + ".") ? field.substring(last.length() + 1) : field);
    }

    private static String path(List<JsonMappingException.Reference> references) {
        return references.stream()
                .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : "." + at.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String path(JsonStreamContext at) {
        var path = new StringBuilder();
        for (JsonStreamContext context = at; context != null && !context.inRoot(); context = context.getParent()) {
            path.insert(0, context.inArray() ? "[" + context.getCurrentIndex() + "]" : "." + context.getCurrentName());
        }
        return path.isEmpty() || path.charAt(0) != '.' ? path.toString() : path.substring(1);
    }

    private static String firstLine(@Nullable String message) {
        String line = String.valueOf(message).lines().findFirst().orElse("");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
