package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;

/**
 * What an HTTP call came back with.
 *
 * @param headers by lower-case name, the first value of each
 * @param body the JSON body; missing when there is none
 */
record Answer(int status, Map<String, String> headers, JsonNode body) {

    String text(String pointer) {
        JsonNode at = body.at(pointer);
        if (!at.isTextual()) {
            throw new AssertionError("No text at %s in %d %s".formatted(pointer, status, body));
        }
        return at.textValue();
    }

    Answer require(int... statuses) {
        for (int accepted : statuses) {
            if (status == accepted) {
                return this;
            }
        }
        throw new AssertionError("Expected %s, got %d %s".formatted(Arrays.toString(statuses), status, body));
    }
}
