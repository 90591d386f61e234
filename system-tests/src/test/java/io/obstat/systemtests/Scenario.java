package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as its file tells it. Text may hold {@code ${name}}: see {@link Variables}.
 *
 * @param metadata what it is called
 * @param given variables
 * @param when the steps, one after the other
 * @param then what each topic has to hold in the end, by {@code topic} (records of the action {@code ${id}}) or {@code topic key}; a record is
 *     {@code {type?, headers?, data?}}, the list is complete and in order
 */
record Scenario(Metadata metadata, Map<String, String> given, List<Step> when, Map<String, List<Expected>> then) {

    Scenario {
        given = given == null ? Map.of() : given;
    }

    record Metadata(String name) {}

    /** Exactly one of {@code call}, {@code intent} and {@code record}. */
    record Step(
            @Nullable String call,
            @Nullable String as,
            @Nullable Map<String, String> headers,
            @Nullable JsonNode body,
            @Nullable JsonNode expect,
            @Nullable Map<String, String> save,
            boolean until,
            @Nullable JsonNode intent,
            @Nullable JsonNode record) {}

    /** What a record has to say, at least. */
    record Expected(
            @Nullable String type,
            @Nullable ObjectNode headers,
            @Nullable JsonNode data) {

        List<String> differences(TopicLog.Entry entry, Variables variables) {
            ObjectNode expected = JsonNodeFactory.instance.objectNode();
            ObjectNode actual = JsonNodeFactory.instance.objectNode();
            if (type != null) {
                expected.put("type", type);
                actual.put("type", entry.type());
            }
            if (headers != null) {
                expected.set("headers", variables.in(headers));
                actual.set("headers", Json.tree(entry.headers()));
            }
            if (data != null) {
                expected.set("data", variables.in(data));
                actual.set("data", entry.value());
            }
            return JsonSubset.differences(expected, actual);
        }
    }
}
