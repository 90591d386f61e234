package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Person;
import io.obstat.contracts.Required;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import java.time.Instant;
import java.util.List;

/**
 * Somebody has allowed it at once, in an emergency. The decision says that it is allowed; this says who is to be told and who has to look at it.
 *
 * @param review that allowed it, with its reason
 * @param owners those who answer for the agent, who are to be told now; 1 to 20
 * @param signedBy who has to sign, and how many of them
 * @param dueAt until when
 */
public record GlassBroken(
        ActionId actionId,
        AgentId agent,
        Review review,
        List<Person> owners,
        Slot signedBy,
        Instant dueAt,
        Instant brokenAt)
        implements ActionEvent {

    public GlassBroken {
        Required.present("actionId", actionId);
        Required.present("agent", agent);
        Required.present("review", review);
        owners = Required.list("owners", owners, 20);
        if (owners.isEmpty()) {
            throw new InvalidFieldException("owners", "is empty; name at least the owner of the agent's registration");
        }
        Required.present("signedBy", signedBy);
        Required.present("dueAt", dueAt);
        Required.present("brokenAt", brokenAt);
    }
}
