package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Required;
import java.time.Instant;

/**
 * A card that stands in a channel was rewritten, and shows all that was known by then.
 *
 * @param about the last event that it shows
 * @param channel such as {@code slack}; 1 to 50 characters
 * @param recipient the channel's own name for where it stands; 1 to 255 characters
 */
public record CardUpdated(ActionId actionId, EventId about, String channel, String recipient, Instant updatedAt)
        implements ActionEvent {

    public CardUpdated {
        Required.present("actionId", actionId);
        Required.present("about", about);
        Required.text("channel", channel, 50);
        Required.text("recipient", recipient, 255);
        Required.present("updatedAt", updatedAt);
    }
}
