package io.obstat.decision;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be done to an action's approval. Each carries the moment at which it is done. */
public sealed interface Command {

    Instant now();

    /** Policy has spoken. */
    record Open(Verdict verdict, Instant now) implements Command {}

    /** A person has reviewed. */
    record Submit(Review review, Instant now) implements Command {}

    /** The agent takes it back. */
    record Withdraw(ActionWithdrawn withdrawal, Instant now) implements Command {}

    /** Time may be up. */
    record Expire(Instant now) implements Command {}

    /**
     * Somebody presents the action's grant; its signature, issuer and form were checked.
     *
     * @param presenter who, as authentication knows them; 1 to 255 characters
     * @param presented the digest of what is about to run
     */
    record Redeem(GrantId grant, String presenter, ActionDigest presented, Instant now) implements Command {}

    /** The agent says how its run went. */
    record Report(
            GrantId grant,
            AgentId agent,
            ActionExecuted.Result result,
            @Nullable String summary,
            Instant now) implements Command {}
}
