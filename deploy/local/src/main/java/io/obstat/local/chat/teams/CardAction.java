package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An action of a card, with the inputs that go with it: those of its card, and of the cards around that.
 *
 * @param action an Action.Execute
 * @param inputs in the order of the card
 */
record CardAction(ObjectNode action, List<JsonNode> inputs) {

    /** The action with this verb; empty when the card has none. */
    static Optional<CardAction> find(JsonNode card, String verb) {
        return Optional.ofNullable(search(card, verb, inputsOf(card)));
    }

    private static @Nullable CardAction search(JsonNode node, String verb, List<JsonNode> inputs) {
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("Action.Execute")
                && object.path("verb").asText().equals(verb)) {
            return new CardAction(object.deepCopy(), inputs);
        }
        for (Map.Entry<String, JsonNode> field : children(node)) {
            // A refresh is nothing that one can click.
            if (field.getKey().equals("refresh") || field.getKey().equals("data")) {
                continue;
            }
            List<JsonNode> there = inputs;
            if (field.getKey().equals("card")) {
                there = new ArrayList<>(inputs);
                there.addAll(inputsOf(field.getValue()));
            }
            CardAction found = search(field.getValue(), verb, there);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static List<Map.Entry<String, JsonNode>> children(JsonNode node) {
        List<Map.Entry<String, JsonNode>> children = new ArrayList<>(node.properties());
        if (node.isArray()) {
            node.forEach(child -> children.add(Map.entry("", child)));
        }
        return children;
    }

    private static List<JsonNode> inputsOf(JsonNode node) {
        List<JsonNode> inputs = new ArrayList<>();
        if (node.path("type").asText().startsWith("Input.")) {
            inputs.add(node);
        }
        for (Map.Entry<String, JsonNode> field : children(node)) {
            if (!field.getKey().equals("card") && !field.getKey().equals("data")) {
                inputs.addAll(inputsOf(field.getValue()));
            }
        }
        return inputs;
    }

    /**
     * What goes to the bot: the action's own data, and these values over it.
     *
     * @param missing gets the message of each input that Teams itself would not let pass
     * @throws IllegalArgumentException naming a value for which there is no input
     */
    JsonNode data(Map<String, String> values, List<String> missing) {
        List<String> left = new ArrayList<>(values.keySet());
        JsonNode own = action.path("data");
        ObjectNode data = own instanceof ObjectNode object ? object.deepCopy() : action.objectNode();
        if (!action.path("associatedInputs").asText().equalsIgnoreCase("none")) {
            for (JsonNode input : inputs) {
                String id = input.path("id").asText();
                left.remove(id);
                String value = values.getOrDefault(id, input.path("value").asText(""));
                if (!passes(input, value)) {
                    missing.add(input.path("errorMessage").asText("Enter a valid value for " + id));
                }
                if (!value.isEmpty()) {
                    data.put(id, value);
                }
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("The card has no inputs %s that go with this action".formatted(left));
        }
        return data.isEmpty() && own.isTextual() ? own : data;
    }

    private static boolean passes(JsonNode input, String value) {
        if (value.isEmpty()) {
            return !input.path("isRequired").asBoolean();
        }
        return value.length() <= input.path("maxLength").asInt(Integer.MAX_VALUE)
                && Pattern.matches(input.path("regex").asText("(?s).*"), value);
    }
}
