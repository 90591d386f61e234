package io.obstat.local.chat;

import java.util.List;

/**
 * A channel that is in both chats, with everybody and the bot in it.
 *
 * @param name without the #
 * @param slackId Slack's channel id
 * @param teamsId the conversation id of Teams
 */
public record ChatChannel(String name, String slackId, String teamsId) {

    public static final ChatChannel DATA = new ChatChannel("data-approvals", "C0DATA", "19:data@thread.tacv2");
    public static final ChatChannel OPS = new ChatChannel("ops-approvals", "C0OPS", "19:ops@thread.tacv2");

    /** Both of them. */
    public static List<ChatChannel> all() {
        return List.of(DATA, OPS);
    }
}
