package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import java.time.Instant;

/**
 * Somebody has looked at what was allowed in an emergency.
 *
 * @param missing how many more people have to sign
 */
public record GlassSigned(ActionId actionId, Review review, int missing, Instant signedAt) implements ActionEvent {

    public GlassSigned {
        Required.present("actionId", actionId);
        Required.present("review", review);
        if (missing < 0) {
            throw new InvalidFieldException("missing", "is %d; it must not be negative".formatted(missing));
        }
        Required.present("signedAt", signedAt);
    }
}
