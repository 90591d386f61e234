package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a document says at least what is expected. An object may have more fields; a list has as many elements, each at least what is
 * expected of it. Text that begins with {@code ~} is a regular expression, {@code "*"} is anything that is present, {@code null} is absent.
 */
final class JsonSubset {

    private final List<String> differences = new ArrayList<>();

    private JsonSubset() {}

    /** What is missing or different, each with its path; empty when nothing is. */
    static List<String> differences(JsonNode expected, JsonNode actual) {
        var subset = new JsonSubset();
        subset.compare("", expected, actual);
        return subset.differences;
    }

    private void compare(String path, JsonNode expected, JsonNode actual) {
        if (expected.isNull()) {
            require(path, actual.isMissingNode() || actual.isNull(), "absent", actual);
        } else if (expected.isObject()) {
            if (!actual.isObject()) {
                require(path, false, "an object", actual);
                return;
            }
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                compare(path + "/" + field.getKey(), field.getValue(), actual.path(field.getKey()));
            }
        } else if (expected.isArray()) {
            require(path, actual.isArray() && actual.size() == expected.size(), expected.size() + " elements", actual);
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                compare(path + "/" + i, expected.get(i), actual.path(i));
            }
        } else if (expected.isTextual() && expected.textValue().equals("*")) {
            require(path, !actual.isMissingNode() && !actual.isNull(), "present", actual);
        } else if (expected.isTextual() && expected.textValue().startsWith("~")) {
            String text = actual.isTextual() ? actual.textValue() : actual.toString();
            require(path, text.matches("(?s)" + expected.textValue().substring(1)), expected.textValue(), actual);
        } else {
            boolean same = expected.isNumber() && actual.isNumber()
                    ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                    : expected.equals(actual);
            require(path, same, expected.toString(), actual);
        }
    }

    private void require(String path, boolean holds, String expected, JsonNode actual) {
        if (!holds) {
            differences.add("%s: expected %s, got %s".formatted(path.isEmpty() ? "/" : path, expected, actual));
        }
    }
}
