package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import java.time.Instant;

/**
 * A recipient was told.
 *
 * @param about the event they were told of
 * @param kind what they were told, as webhooks name it, such as {@code approval.required}; 1 to 50 characters
 * @param channel such as {@code webhook}; 1 to 50 characters
 * @param recipient the channel's own name for them; 1 to 255 characters
 * @param attempts how many tries it took; at least 1
 */
public record Notified(
        ActionId actionId,
        EventId about,
        String kind,
        String channel,
        String recipient,
        int attempts,
        Instant notifiedAt)
        implements Notification {

    public Notified {
        Required.present("actionId", actionId);
        Required.present("about", about);
        Required.text("kind", kind, 50);
        Required.text("channel", channel, 50);
        Required.text("recipient", recipient, 255);
        if (attempts < 1) {
            throw new InvalidFieldException("attempts", "is %d; it must be at least 1".formatted(attempts));
        }
        Required.present("notifiedAt", notifiedAt);
    }
}
