package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A modal that is open on somebody's screen.
 *
 * @param id Slack's id of it
 * @param user who sees it
 * @param content as the app sent it, with the ids that Slack fills in
 * @param hash of this content; changes with every update
 */
public record SlackView(String id, String user, ObjectNode content, String hash) {

    public SlackView {
        content = content.deepCopy();
    }

    /** The title, as it is shown. */
    public String title() {
        return content.path("title").path("text").asText();
    }

    /** Everything there is to read in it. */
    public String words() {
        StringBuilder words = new StringBuilder(title());
        SlackMessage.append(content.path("blocks"), words);
        return words.toString();
    }

    ObjectNode json(SlackMessage.App app) {
        ObjectNode json = content.deepCopy();
        json.put("id", id);
        json.put("team_id", app.team());
        json.put("hash", hash);
        json.put("app_id", app.id());
        json.put("app_installed_team_id", app.team());
        json.put("bot_id", app.botId());
        json.put("root_view_id", id);
        json.putNull("previous_view_id");
        for (String text : new String[] {"private_metadata", "callback_id", "external_id"}) {
            if (!json.has(text)) {
                json.put(text, "");
            }
        }
        for (String flag : new String[] {"clear_on_close", "notify_on_close"}) {
            if (!json.has(flag)) {
                json.put(flag, false);
            }
        }
        for (String text : new String[] {"submit", "close"}) {
            if (!json.has(text)) {
                json.putNull(text);
            }
        }
        if (!json.has("state")) {
            json.putObject("state").putObject("values");
        }
        return json;
    }
}
