package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.obstat.local.chat.http.Call;
import io.obstat.local.chat.shape.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of a method: of a form, of the query, or of JSON where the method takes that. */
final class Arguments {

    private final Map<String, String> form;
    private final JsonNode json;

    private Arguments(Map<String, String> form, JsonNode json) {
        this.form = form;
        this.json = json;
    }

    /**
     * @param takesJson whether the method reads JSON; of others Slack does not look at such a body
     * @throws SlackError when a JSON body is none
     */
    static Arguments of(Call call, boolean takesJson) {
        Map<String, String> form = new LinkedHashMap<>(call.query());
        form.putAll(call.form());
        if (!takesJson || !call.isJson()) {
            return new Arguments(form, MissingNode.getInstance());
        }
        JsonNode json = call.json();
        if (!json.isObject()) {
            throw new SlackError(json.isMissingNode() ? "invalid_json" : "json_not_object");
        }
        return new Arguments(form, json);
    }

    /** A text; empty when it is not there or blank. */
    Optional<String> text(String name) {
        String value = json.path(name).isValueNode() && !json.path(name).isNull()
                ? json.path(name).asText()
                : form.getOrDefault(name, "");
        return Optional.of(value).filter(found -> !found.isEmpty());
    }

    /** @throws SlackError when it is not there */
    String required(String name) {
        return text(name)
                .orElseThrow(() ->
                        new SlackError("invalid_arguments", List.of(new Fault("", "missing required field: " + name))));
    }

    boolean flag(String name) {
        return text(name)
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
    }

    /** A value that is JSON: as such in JSON, written as text in a form. Missing when it is not there or none. */
    JsonNode json(String name) {
        JsonNode value = json.path(name);
        if (value.isObject() || value.isArray()) {
            return value;
        }
        return text(name).map(Call::json).orElse(MissingNode.getInstance());
    }

    boolean has(String name) {
        return json.has(name) || form.containsKey(name);
    }
}
