package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A message that one person sees, until they reload.
 *
 * @param channel where it is shown
 * @param ts when it was sent
 * @param threadTs the thread in which it is shown; null for the channel itself
 * @param text what it says
 * @param blocks an array; empty when there are none
 */
public record SlackEphemeral(
        String channel, String ts, @Nullable String threadTs, String text, JsonNode blocks) {

    /** Everything there is to read in it. */
    public String words() {
        StringBuilder words = new StringBuilder(text);
        SlackMessage.append(blocks, words);
        return words.toString();
    }
}
