package io.obstat.intake;

import io.obstat.contracts.Action;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sends at either door. There is no field for who it is: that comes from authentication alone.
 *
 * @param action what is to be done
 * @param claimed why, and what else the agent says of it
 * @param deadline until when the agent can use an answer, if it says so
 */
public record ActionRequestBody(
        Action action, Claimed claimed, @Nullable Instant deadline) {

    /** The most bytes of JSON in which a request may come; larger inputs enter by digest and link. */
    public static final int MOST_BYTES = 32 * 1024;

    public ActionRequestBody {
        Required.present("action", action);
        Required.present("claimed", claimed);
    }
}
