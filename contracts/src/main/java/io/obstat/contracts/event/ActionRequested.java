package io.obstat.contracts.event;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import io.obstat.contracts.Verified;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated agent asks to do one action.
 *
 * @param digest of {@code action} as this agent would do it; checked here, so that an event whose digest lies cannot exist
 * @param deadline until when the agent can use an answer, if it said so
 */
public record ActionRequested(
        ActionId actionId,
        ActionDigest digest,
        Action action,
        Verified verified,
        Claimed claimed,
        Instant requestedAt,
        @Nullable Instant deadline)
        implements ActionEvent {

    public ActionRequested {
        Required.present("actionId", actionId);
        Required.present("digest", digest);
        Required.present("action", action);
        Required.present("verified", verified);
        Required.present("claimed", claimed);
        Required.present("requestedAt", requestedAt);
        // INVARIANT: the digest that people approve is the digest of the action that they are shown.
        if (!digest.equals(ActionDigest.of(verified.agent(), verified.onBehalfOf(), action))) {
            throw new InvalidFieldException(
                    "digest", "is not the digest of the action; recompute it with ActionDigest.of");
        }
    }
}
