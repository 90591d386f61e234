package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.ReviewId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ${name}} stands for in a scenario: what was given or saved; {@code ${run}} is new in each run, so that runs share a broker;
 * {@code ${now+PT5S}} is a moment, {@code ${review:x}} a review id of this run, {@code ${action:agent:key}} the id of what this agent asks under
 * this idempotency key.
 */
final class Variables {

    private static final Pattern NAME = Pattern.compile("\\$\\{([^{}]+)}");

    private final Map<String, String> values = new HashMap<>();

    Variables() {
        values.put("run", UUID.randomUUID().toString().substring(0, 8));
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    String in(String text) {
        String replaced = NAME.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
        // A name may hold another: ${action:agent:${run}}. Values never hold one.
        return replaced.equals(text) ? text : in(replaced);
    }

    JsonNode in(JsonNode json) {
        if (json.isTextual()) {
            return TextNode.valueOf(in(json.textValue()));
        }
        if (json instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(field -> copy.set(in(field.getKey()), in(field.getValue())));
            return copy;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(element -> copy.add(in(element)));
            return copy;
        }
        return json;
    }

    private String value(String name) {
        if (name.startsWith("now")) {
            Duration shift = name.length() == 3 ? Duration.ZERO : Duration.parse(name.substring(4));
            Instant now = Instant.now();
            return (name.startsWith("now-") ? now.minus(shift) : now.plus(shift)).toString();
        }
        if (name.startsWith("action:")) {
            String[] parts = name.split(":", 3);
            return ActionId.derive(new AgentId(parts[1]), parts[2]).value();
        }
        if (name.startsWith("review:")) {
            return ReviewId.derive(value("run"), name.substring("review:".length()))
                    .value();
        }
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Nothing has set ${%s}; there are %s".formatted(name, values.keySet()));
        }
        return value;
    }
}
