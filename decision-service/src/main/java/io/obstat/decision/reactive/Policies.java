package io.obstat.decision.reactive;

import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.decision.Circumstances.PolicyInForce;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The policy set in force, and those before it. Every {@code Uni} fails with {@link UnavailableException} when the database is away. */
public interface Policies {

    /** Notes an activation. One that is older than what is noted changes nothing. Returns whether it did. */
    Uni<Boolean> note(PolicySetActivated activated);

    /** The set that was activated last, under whatever name; empty while none is known. */
    Uni<Optional<PolicyInForce>> inForce();
}
