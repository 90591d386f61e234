package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Person;
import io.obstat.contracts.Required;
import java.time.Instant;

/**
 * What was allowed in an emergency was not signed in time.
 *
 * @param by who allowed it
 * @param missing how many people still have to sign; at least 1
 */
public record GlassOverdue(ActionId actionId, Person by, int missing, Instant dueAt, Instant raisedAt)
        implements ActionEvent {

    public GlassOverdue {
        Required.present("actionId", actionId);
        Required.present("by", by);
        if (missing < 1) {
            throw new InvalidFieldException("missing", "is %d; it must be at least 1".formatted(missing));
        }
        Required.present("dueAt", dueAt);
        Required.present("raisedAt", raisedAt);
    }
}
