package io.obstat.notifier.teams;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;

/** The client secret of the bot's app registration. Never printed. */
public final class BotSecret {

    private static final int LONGEST = 500;

    private final String value;

    private BotSecret(String value) {
        this.value = value;
    }

    /**
     * Reads a secret.
     *
     * @param text 1 to 500 characters; white space around it is dropped
     * @throws InvalidFieldException when there is none; the message does not repeat it
     */
    public static BotSecret parse(String field, String text) {
        String trimmed = text.strip();
        Required.text(field, trimmed, LONGEST);
        return new BotSecret(trimmed);
    }

    String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "secret …";
    }
}
