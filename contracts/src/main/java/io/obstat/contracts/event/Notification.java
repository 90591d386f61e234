package io.obstat.contracts.event;

import io.obstat.contracts.EventId;
import java.util.Set;

/** How telling one recipient of an event went. */
public sealed interface Notification extends ActionEvent permits Notified, NotificationFailed {

    /** The kinds that ask people to decide. The others tell of what becomes of that. */
    Set<String> ASKING = Set.of("approval.required", "approval.opened", "approval.reminded", "approval.escalated");

    /** The event they were to be told of. */
    EventId about();

    /** What they were to be told, as webhooks name it, such as {@code approval.required}; 1 to 50 characters. */
    String kind();

    /** Whether it was to ask them to decide. */
    default boolean asks() {
        return ASKING.contains(kind());
    }
}
