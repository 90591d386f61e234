package io.obstat.notifier;

import io.obstat.contracts.Required;

/**
 * Someone who can be told, as one channel knows them.
 *
 * @param channel the channel's {@linkplain Channel#name() name}; 1 to 50 characters
 * @param name the channel's own name for them; 1 to 255 characters
 */
public record Recipient(String channel, String name) {

    static final int LONGEST_NAME = 255;

    public Recipient {
        Required.text("channel", channel, 50);
        Required.text("recipient", name, LONGEST_NAME);
    }
}
