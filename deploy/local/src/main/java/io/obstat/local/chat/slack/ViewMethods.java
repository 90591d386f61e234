package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.shape.Fault;
import java.util.List;
import java.util.Map;

/** {@code views.*}: the app's modals. */
final class ViewMethods {

    // SPEC: https://docs.slack.dev/reference/methods/views.open, view_too_large: 250 kB.
    private static final int LARGEST_VIEW = 250_000;

    private final Workspace workspace;
    private final Triggers triggers;

    ViewMethods(Workspace workspace, Triggers triggers) {
        this.workspace = workspace;
        this.triggers = triggers;
    }

    Map<String, SlackMethods.Method> methods() {
        return Map.of("views.open", this::open, "views.update", this::update);
    }

    private ObjectNode open(Arguments arguments) {
        String trigger = arguments.required("trigger_id");
        ObjectNode content = content(arguments.json("view"), workspace);
        return answer(workspace.open(triggers.use(trigger), content));
    }

    private ObjectNode update(Arguments arguments) {
        SlackView view = workspace.view(arguments.required("view_id")).orElseThrow(() -> new SlackError("not_found"));
        if (arguments.text("hash").filter(hash -> !hash.equals(view.hash())).isPresent()) {
            throw new SlackError("hash_conflict");
        }
        return answer(workspace.update(view, content(arguments.json("view"), workspace)));
    }

    /** @throws SlackError when it is no view that Slack takes */
    static ObjectNode content(JsonNode view, Workspace workspace) {
        if (!(view instanceof ObjectNode given)) {
            throw new SlackError("invalid_arguments", List.of(new Fault("", "missing required field: view")));
        }
        List<Fault> faults = BlockKit.faultsOfModal(given);
        if (!faults.isEmpty()) {
            throw new SlackError("invalid_arguments", faults);
        }
        if (given.toString().length() > LARGEST_VIEW) {
            throw new SlackError("view_too_large");
        }
        ObjectNode content = given.deepCopy();
        content.set("blocks", Ids.filled((ArrayNode) content.path("blocks"), workspace));
        return content;
    }

    private ObjectNode answer(SlackView view) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("view", view.json(workspace.app()));
        return answer;
    }
}
