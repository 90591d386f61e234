package io.obstat.notifier.slack;

import io.obstat.notifier.Card;

/** What Slack is sent, for those who look at a card elsewhere. */
public final class SlackBlocks {

    private SlackBlocks() {}

    /** The blocks, as JSON. */
    public static String of(Card card) {
        return SlackCard.of(card, "T0OBSTAT").blocks();
    }
}
