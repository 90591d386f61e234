package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds outside an action at the moment of a command, so that the core needs to look nowhere.
 *
 * @param now the moment
 * @param roster who is who
 * @param policy the policy set in force; absent while none is known to be, and then what policy said stands
 * @param load what else people have been asked
 */
public record Circumstances(
        Instant now, Roster roster, @Nullable PolicyInForce policy, Load load) {

    /** A moment of which nothing else is known. */
    public static Circumstances at(Instant now) {
        return new Circumstances(now, Roster.empty(), null, Load.NONE);
    }

    /** The same at another moment, with what is known of other actions then. */
    public Circumstances with(Instant later, Load then) {
        return new Circumstances(later, roster, policy, then);
    }

    /**
     * Whether another policy set is in force than the one by which policy spoke: it came into force later, or an instance that had not heard of it
     * spoke by one that had been replaced. A set that nobody has announced may be one that is about to be.
     */
    boolean policyChangedSince(Assessment assessment) {
        return policy != null
                && !policy.digest().equals(assessment.policySet())
                && (policy.activatedAt().isAfter(assessment.assessedAt())
                        || policy.replaced().contains(assessment.policySet()));
    }

    /**
     * The policy set in force.
     *
     * @param digest of the set, as an {@link Assessment} names it
     * @param replaced the digests of sets that were in force before it, the latest ones at least
     */
    public record PolicyInForce(String digest, Instant activatedAt, Set<String> replaced) {

        public PolicyInForce {
            replaced = Set.copyOf(replaced);
        }
    }

    /**
     * What else people have been asked. Looked up for the commands that need it, and {@link #NONE} for the others.
     *
     * @param pendingOfAgent how many other requests of the agent wait for people
     * @param identical another request of the agent with the same digest that waits for people: the oldest one
     * @param lastRejected when people last rejected a request of the agent of the same type and resource
     * @param overdue keys, in lower case, of people who have broken the glass and whose signatures are overdue
     */
    public record Load(
            int pendingOfAgent,
            @Nullable ActionId identical,
            @Nullable Instant lastRejected,
            Set<String> overdue) {

        public static final Load NONE = new Load(0, null, null, Set.of());

        public Load {
            overdue = Set.copyOf(overdue);
        }
    }
}
