package io.obstat.local.chat.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object with the fields that it must and may have. A field that is in neither list is refused. */
public final class Shape implements Rule {

    private final String type;
    private final Map<String, Rule> required;
    private final Map<String, Rule> optional;
    private final List<Rule> whole;

    private Shape(String type, Map<String, Rule> required, Map<String, Rule> optional, List<Rule> whole) {
        this.type = type;
        this.required = required;
        this.optional = optional;
        this.whole = whole;
    }

    /** One that says its type. */
    public static Shape of(String type) {
        return new Shape(type, Map.of("type", Rules.word(type)), Map.of(), List.of());
    }

    /** One that may say its type: its place tells it. */
    public static Shape inPlace(String type) {
        return new Shape(type, Map.of(), Map.of("type", Rules.word(type)), List.of());
    }

    /** One without a type. */
    public static Shape plain() {
        return new Shape("", Map.of(), Map.of(), List.of());
    }

    String type() {
        return type;
    }

    public Shape required(String field, Rule rule) {
        return new Shape(type, with(required, Map.of(field, rule)), optional, whole);
    }

    public Shape optional(String field, Rule rule) {
        return optional(Map.of(field, rule));
    }

    public Shape optional(Map<String, Rule> fields) {
        return new Shape(type, required, with(optional, fields), whole);
    }

    /** The same, with a rule about the object as a whole. */
    public Shape and(String message, Check check) {
        List<Rule> more = new ArrayList<>(whole);
        more.add((value, pointer, faults) -> {
            if (!check.holds(value)) {
                faults.add(new Fault(pointer, message));
            }
        });
        return new Shape(type, required, optional, List.copyOf(more));
    }

    /** Whether something holds for an object. */
    @FunctionalInterface
    public interface Check {
        boolean holds(JsonNode object);
    }

    private static Map<String, Rule> with(Map<String, Rule> some, Map<String, Rule> more) {
        Map<String, Rule> all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }

    @Override
    public void check(JsonNode value, String pointer, List<Fault> faults) {
        if (!value.isObject()) {
            faults.add(new Fault(pointer, "must be an object"));
            return;
        }
        required.forEach((field, rule) -> {
            if (value.has(field)) {
                rule.check(value.get(field), pointer + "/" + field, faults);
            } else {
                faults.add(new Fault(pointer, "missing required field: " + field));
            }
        });
        value.properties().forEach(entry -> {
            Rule rule = optional.get(entry.getKey());
            if (rule != null) {
                rule.check(entry.getValue(), pointer + "/" + entry.getKey(), faults);
            } else if (!required.containsKey(entry.getKey())) {
                faults.add(new Fault(pointer, "invalid additional property: " + entry.getKey()));
            }
        });
        whole.forEach(rule -> rule.check(value, pointer, faults));
    }
}
