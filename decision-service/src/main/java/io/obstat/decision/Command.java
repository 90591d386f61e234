package io.obstat.decision;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.Notification;
import io.obstat.contracts.event.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be done to an action's approval. Each carries the circumstances in which it is done. */
public sealed interface Command {

    Circumstances at();

    default Instant now() {
        return at().now();
    }

    /** Policy has spoken, for the first time or again. */
    record Open(Verdict verdict, Circumstances at) implements Command {}

    /**
     * A person has reviewed.
     *
     * @param proven false when they were asked to prove that it is them and did not: then it is refused, whatever policy asks for by now
     */
    record Submit(Review review, boolean proven, Circumstances at) implements Command {

        public Submit(Review review, Circumstances at) {
            this(review, true, at);
        }
    }

    /**
     * The agent answers a question.
     *
     * @param text 1 to 2,000 characters
     */
    record Reply(ReviewId question, AgentId agent, String text, Circumstances at) implements Command {}

    /** The agent takes it back. */
    record Withdraw(ActionWithdrawn withdrawal, Circumstances at) implements Command {}

    /** Time has passed, or something else has changed. */
    record Tick(Circumstances at) implements Command {}

    /** A channel says whether it reached somebody. */
    record Deliver(Notification notification, Circumstances at) implements Command {}

    /**
     * Somebody presents the action's grant; its signature, issuer and form were checked.
     *
     * @param presenter who, as authentication knows them; 1 to 255 characters
     * @param presented the digest of what is about to run
     * @param key thumbprint of the key that whoever presents it has proved to hold; absent when they have proved none
     */
    record Redeem(
            GrantId grant,
            String presenter,
            ActionDigest presented,
            @Nullable String key,
            Circumstances at) implements Command {

        /** By somebody who has proved no key. */
        public Redeem(GrantId grant, String presenter, ActionDigest presented, Circumstances at) {
            this(grant, presenter, presented, null, at);
        }
    }

    /** The agent gives its grant back, unused. */
    record GiveBack(GrantId grant, AgentId agent, Circumstances at) implements Command {}

    /** The agent says how its run went. */
    record Report(
            GrantId grant,
            AgentId agent,
            ActionExecuted.Result result,
            @Nullable String summary,
            Circumstances at) implements Command {}
}
