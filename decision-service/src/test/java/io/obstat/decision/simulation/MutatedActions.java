package io.obstat.decision.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What an agent could run in place of what was approved: changed a little, so that it looks the same at a glance. */
final class MutatedActions {

    private static final String LATIN = "aceopxyAECOTH";
    private static final String CYRILLIC = "асеорхуАЕСОТН";

    private MutatedActions() {}

    /** Everything that the digest is about. */
    record Deed(AgentId agent, @Nullable Person onBehalfOf, Action action) {

        private Deed with(Action other) {
            return new Deed(agent, onBehalfOf, other);
        }

        private Deed with(ObjectNode parameters) {
            return with(new Action(action.type(), action.resource(), action.environment(), Parameters.of(parameters)));
        }
    }

    /** Ways to change one thing. */
    enum Way {
        VALUE,
        CASE_OF_A_VALUE,
        LOOK_ALIKE_IN_A_VALUE,
        SPACE_IN_A_VALUE,
        NUMBER_AS_TEXT,
        NEXT_NUMBER,
        NEIGHBOURING_DOUBLE,
        NULL_FOR_A_VALUE,
        ADDED_KEY,
        ADDED_NULL,
        REMOVED_KEY,
        RENAMED_KEY,
        CASE_OF_A_KEY,
        LOOK_ALIKE_IN_A_KEY,
        ORDER_OF_A_LIST,
        WRAPPED,
        DECOMPOSED_ACCENT,
        TYPE,
        RESOURCE,
        RESOURCE_CASE,
        RESOURCE_SLASH,
        ENVIRONMENT,
        AGENT,
        ON_BEHALF_OF_NOBODY_OR_SOMEBODY,
        ON_BEHALF_OF_ANOTHER
    }

    /** Inputs such as agents have. */
    static ObjectNode inputs(Random random) {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        inputs.put("where", "country = '" + (random.nextBoolean() ? "DE" : "AT") + "'");
        inputs.put("limit", 1 + random.nextInt(10_000));
        inputs.put("ratio", random.nextDouble());
        inputs.put("caf\u00e9", "na\u00efve case " + random.nextInt(100));
        inputs.put("all", random.nextBoolean());
        inputs.putArray("columns").add("id").add("email").add(random.nextInt(9));
        inputs.putObject("to").put("bucket", "exports").put("path", "/a/" + random.nextInt(1_000));
        return inputs;
    }

    static Deed deed(Random random) {
        var action = new Action(
                new ActionType("data.export"),
                "postgres://prod/customers",
                random.nextBoolean() ? "production" : "staging",
                Parameters.of(inputs(random)));
        Person behalf = random.nextBoolean() ? new Person("boss", "boss@example.com") : null;
        return new Deed(new AgentId("etl-agent"), behalf, action);
    }

    static Deed mutate(Random random, Deed deed, Way way) {
        Action action = deed.action();
        ObjectNode in = action.parameters().asTree();
        return switch (way) {
            case VALUE -> deed.with(in.put("where", in.get("where").textValue() + " or true"));
            case CASE_OF_A_VALUE ->
                deed.with(in.put("where", in.get("where").textValue().toUpperCase(Locale.ROOT)));
            case LOOK_ALIKE_IN_A_VALUE ->
                deed.with(in.put("where", lookAlike(random, in.get("where").textValue())));
            case SPACE_IN_A_VALUE ->
                deed.with(in.put("where", in.get("where").textValue() + (random.nextBoolean() ? " " : "\u00a0")));
            case NUMBER_AS_TEXT -> deed.with(in.put("limit", in.get("limit").asText()));
            case NEXT_NUMBER -> deed.with(in.put("limit", in.get("limit").intValue() + 1));
            case NEIGHBOURING_DOUBLE ->
                deed.with(in.put("ratio", Math.nextUp(in.get("ratio").doubleValue())));
            case NULL_FOR_A_VALUE -> deed.with(in.putNull("all"));
            case ADDED_KEY -> deed.with(in.put("force" + random.nextInt(1_000), true));
            case ADDED_NULL -> deed.with(in.putNull("nothing"));
            case REMOVED_KEY -> deed.with(without(in, keys(in).get(random.nextInt(in.size()))));
            case RENAMED_KEY -> deed.with(renamed(in, "limit", "limits"));
            case CASE_OF_A_KEY -> deed.with(renamed(in, "limit", "Limit"));
            case LOOK_ALIKE_IN_A_KEY -> deed.with(renamed(in, "columns", lookAlike(random, "columns")));
            case ORDER_OF_A_LIST -> deed.with(reversed(in));
            case WRAPPED -> deed.with(JsonNodeFactory.instance.objectNode().set("parameters", in));
            case DECOMPOSED_ACCENT -> deed.with(renamed(in, "caf\u00e9", "cafe\u0301"));
            case TYPE ->
                deed.with(new Action(
                        new ActionType("data.exports"), action.resource(), action.environment(), action.parameters()));
            case RESOURCE -> deed.with(resource(action, action.resource() + random.nextInt(1_000)));
            case RESOURCE_CASE -> deed.with(resource(action, action.resource().toUpperCase(Locale.ROOT)));
            case RESOURCE_SLASH -> deed.with(resource(action, action.resource() + "/"));
            case ENVIRONMENT ->
                deed.with(new Action(
                        action.type(),
                        action.resource(),
                        lookAlike(random, action.environment()),
                        action.parameters()));
            case AGENT -> new Deed(new AgentId("etl-agent-" + random.nextInt(1_000)), deed.onBehalfOf(), action);
            case ON_BEHALF_OF_NOBODY_OR_SOMEBODY ->
                new Deed(deed.agent(), deed.onBehalfOf() == null ? new Person("boss", null) : null, action);
            case ON_BEHALF_OF_ANOTHER -> new Deed(deed.agent(), new Person("Boss" + random.nextInt(9), null), action);
        };
    }

    /** The same, written differently: in another order, with other forms of the same numbers. */
    static Deed restate(Random random, Deed deed) {
        ObjectNode in = deed.action().parameters().asTree();
        List<String> keys = keys(in);
        Collections.shuffle(keys, random);
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        keys.forEach(key -> out.set(key, in.get(key)));
        BigDecimal limit = BigDecimal.valueOf(in.get("limit").intValue());
        return deed.with(
                switch (random.nextInt(3)) {
                    case 0 -> out.put("limit", limit.setScale(2));
                    case 1 -> out.put("limit", limit.doubleValue());
                    default -> out.put("limit", limit.longValueExact());
                });
    }

    private static Action resource(Action action, String resource) {
        return new Action(action.type(), resource, action.environment(), action.parameters());
    }

    private static ObjectNode renamed(ObjectNode in, String from, String to) {
        JsonNode value = in.remove(from);
        return in.set(to, value);
    }

    private static ObjectNode without(ObjectNode in, String key) {
        in.remove(key);
        return in;
    }

    private static ObjectNode reversed(ObjectNode in) {
        var columns = new ArrayList<JsonNode>();
        in.get("columns").forEach(columns::add);
        Collections.reverse(columns);
        return in.set("columns", JsonNodeFactory.instance.arrayNode().addAll(columns));
    }

    private static List<String> keys(ObjectNode in) {
        var keys = new ArrayList<String>();
        in.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** One letter of it from another alphabet. */
    private static String lookAlike(Random random, String text) {
        int start = random.nextInt(text.length());
        for (int i = 0; i < text.length(); i++) {
            int place = (start + i) % text.length();
            int letter = LATIN.indexOf(text.charAt(place));
            if (letter >= 0) {
                return text.substring(0, place) + CYRILLIC.charAt(letter) + text.substring(place + 1);
            }
        }
        return text + "\u200b";
    }
}
