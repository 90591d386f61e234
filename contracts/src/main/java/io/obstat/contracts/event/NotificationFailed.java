package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import java.time.Instant;

/**
 * A recipient could not be told, and nobody tries any more.
 *
 * @param about the event they should have been told of
 * @param channel such as {@code webhook}; 1 to 50 characters
 * @param recipient the channel's own name for them; 1 to 255 characters
 * @param attempts how many tries were made; 0 when the recipient may not be addressed at all
 * @param problem the last try's trouble; 1 to 500 characters
 */
public record NotificationFailed(
        ActionId actionId,
        EventId about,
        String channel,
        String recipient,
        int attempts,
        String problem,
        Instant failedAt)
        implements ActionEvent {

    public NotificationFailed {
        Required.present("actionId", actionId);
        Required.present("about", about);
        Required.text("channel", channel, 50);
        Required.text("recipient", recipient, 255);
        if (attempts < 0) {
            throw new InvalidFieldException("attempts", "is %d; it must not be negative".formatted(attempts));
        }
        Required.text("problem", problem, 500);
        Required.present("failedAt", failedAt);
    }
}
