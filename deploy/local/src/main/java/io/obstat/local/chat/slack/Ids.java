package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Slack gives an id to every block and element that comes without. */
final class Ids {

    private Ids() {}

    static ArrayNode filled(ArrayNode blocks, Workspace workspace) {
        ArrayNode filled = blocks.deepCopy();
        for (JsonNode block : filled) {
            fill(block, "block_id", workspace);
            block.path("elements").forEach(element -> {
                if (!block.path("type").asText().equals("rich_text") && !isText(element)) {
                    fill(element, "action_id", workspace);
                }
            });
            for (String field : new String[] {"accessory", "element"}) {
                if (block.has(field) && !isText(block.get(field))) {
                    fill(block.get(field), "action_id", workspace);
                }
            }
        }
        return filled;
    }

    private static boolean isText(JsonNode element) {
        String type = element.path("type").asText();
        return type.equals("mrkdwn") || type.equals("plain_text") || type.equals("image");
    }

    private static void fill(JsonNode node, String field, Workspace workspace) {
        if (node instanceof ObjectNode object && !object.has(field)) {
            object.put(field, workspace.nextId("x"));
        }
    }
}
