package io.obstat.contracts.visible;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** Writes parameters as lines for the eye, and reads such lines back. {@code read(of(p))} equals {@code p} for every {@code p}. */
public final class InputLines {

    private static final Pattern JSON_SCALAR = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?|true|false|null");
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
    private static final Pattern SHAPE = Pattern.compile("\\{\\d+ fields?}|\\[\\d+ items?]");

    private InputLines() {}

    public static List<InputLine> of(Parameters parameters) {
        var lines = new ArrayList<InputLine>();
        addMembers(lines, parameters.asTree(), 0, VisibleText.empty());
        return lines;
    }

    private static void addMembers(List<InputLine> lines, JsonNode container, int depth, VisibleText parent) {
        if (container instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                add(lines, depth, parent, VisibleText.of("[" + i + "]"), list.get(i));
            }
        } else {
            container.properties().forEach(field -> add(lines, depth, parent, name(field.getKey()), field.getValue()));
        }
    }

    private static void add(List<InputLine> lines, int depth, VisibleText parent, VisibleText name, JsonNode value) {
        boolean shape = value.isContainerNode() && !value.isEmpty();
        lines.add(new InputLine(depth, parent, name, value(value), shape));
        if (shape) {
            addMembers(lines, value, depth + 1, name);
        }
    }

    private static VisibleText name(String name) {
        VisibleText visible = VisibleText.of(name);
        return isBlankAtAnEdge(name)
                        || name.startsWith("\"")
                        || INDEX.matcher(name).matches()
                ? visible.quoted()
                : visible;
    }

    private static VisibleText value(JsonNode value) {
        if (value.isTextual()) {
            String text = value.textValue();
            VisibleText visible = VisibleText.of(text);
            return needsQuotes(text) ? visible.quoted() : visible;
        }
        if (value.isObject() && !value.isEmpty()) {
            return VisibleText.of(value.size() == 1 ? "{1 field}" : "{%d fields}".formatted(value.size()));
        }
        if (value.isArray() && !value.isEmpty()) {
            return VisibleText.of(value.size() == 1 ? "[1 item]" : "[%d items]".formatted(value.size()));
        }
        return VisibleText.of(value.toString());
    }

    private static boolean needsQuotes(String text) {
        return isBlankAtAnEdge(text)
                || "\"{[".indexOf(text.charAt(0)) >= 0
                || JSON_SCALAR.matcher(text).matches();
    }

    private static boolean isBlankAtAnEdge(String text) {
        return text.isEmpty() || text.startsWith(" ") || text.endsWith(" ");
    }

    /**
     * Reads lines as a person does: from the depth, the name and the value that they show.
     *
     * @throws IllegalArgumentException when the lines are none that {@link #of} writes
     */
    public static Parameters read(List<InputLine> lines) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        Deque<ContainerNode<?>> open = new ArrayDeque<>(List.of(root));
        for (InputLine line : lines) {
            while (open.size() > line.depth() + 1) {
                open.pop();
            }
            JsonNode value = read(line.value().text());
            switch (open.element()) {
                case ArrayNode list -> list.add(value);
                case ObjectNode object -> object.set(unquoted(line.name().text()), value);
                default -> throw new IllegalArgumentException("Neither an object nor a list");
            }
            if (value instanceof ContainerNode<?> container
                    && SHAPE.matcher(line.value().text()).matches()) {
                open.push(container);
            }
        }
        return Parameters.of(root);
    }

    private static JsonNode read(String shown) {
        if (SHAPE.matcher(shown).matches()) {
            return shown.startsWith("{") ? JsonNodeFactory.instance.objectNode() : JsonNodeFactory.instance.arrayNode();
        }
        if (shown.equals("{}")
                || shown.equals("[]")
                || JSON_SCALAR.matcher(shown).matches()) {
            return scalar(shown);
        }
        return JsonNodeFactory.instance.textNode(unquoted(shown));
    }

    private static JsonNode scalar(String json) {
        try {
            return Json.strict().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a JSON value: " + json, e);
        }
    }

    private static String unquoted(String shown) {
        boolean quoted = shown.length() > 1 && shown.startsWith("\"") && shown.endsWith("\"");
        return VisibleText.read(quoted ? shown.substring(1, shown.length() - 1) : shown);
    }
}
