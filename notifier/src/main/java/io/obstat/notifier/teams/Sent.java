package io.obstat.notifier.teams;

import io.obstat.notifier.Attempt;
import org.jspecify.annotations.Nullable;

/** How one request to the Bot Connector went. */
public sealed interface Sent {

    /**
     * It was taken.
     *
     * @param id of the activity or the conversation that came about; null when Teams named none, as for what was deleted. An activity
     *     without an id cannot be changed later
     */
    record Taken(@Nullable String id) implements Sent {

        @Override
        public Attempt attempt() {
            return new Attempt.Accepted();
        }
    }

    /** It was not. @param attempt anything but accepted */
    record NotTaken(Attempt attempt) implements Sent {

        public NotTaken {
            if (attempt instanceof Attempt.Accepted) {
                throw new IllegalArgumentException("What was accepted was taken; give it as Taken");
            }
        }
    }

    /** The same, for the delivery record. */
    Attempt attempt();
}
