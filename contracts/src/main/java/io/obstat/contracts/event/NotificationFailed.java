package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import java.time.Instant;

/**
 * A recipient could not be told: nobody tries any more, or half of the time in which people can decide has gone by. In that case {@code problem}
 * says that it is still tried, and another event tells how it ends.
 *
 * @param about the event they should have been told of
 * @param kind what they should have been told, as webhooks name it, such as {@code approval.required}; 1 to 50 characters
 * @param channel such as {@code webhook}; 1 to 50 characters
 * @param recipient the channel's own name for them; 1 to 255 characters
 * @param attempts how many tries were made; 0 when the recipient may not be addressed at all, or none was made in time
 * @param problem the last try's trouble; 1 to 500 characters
 */
public record NotificationFailed(
        ActionId actionId,
        EventId about,
        String kind,
        String channel,
        String recipient,
        int attempts,
        String problem,
        Instant failedAt)
        implements Notification {

    public NotificationFailed {
        Required.present("actionId", actionId);
        Required.present("about", about);
        Required.text("kind", kind, 50);
        Required.text("channel", channel, 50);
        Required.text("recipient", recipient, 255);
        if (attempts < 0) {
            throw new InvalidFieldException("attempts", "is %d; it must not be negative".formatted(attempts));
        }
        Required.text("problem", problem, 500);
        Required.present("failedAt", failedAt);
    }
}
