package io.obstat.policy;

import io.obstat.contracts.EventId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.PolicySetActivated;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the world has to be told that another policy set is in force. */
public final class Activation {

    private Activation() {}

    /**
     * The announcement of this set, if the last one of its name was of another. Its event id derives from the digest and from the announcement before
     * it: instances that start together announce the same event, and a set that comes back after another is a new event, not a repeat.
     *
     * @param last the last announcement of a set of this name; null when there is none
     * @param since when the set came into force here; not after its first verdict
     */
    public static Optional<Envelope<PolicySetActivated>> of(
            PolicySet set, @Nullable Envelope<PolicySetActivated> last, Instant since) {
        if (last != null && last.data().digest().equals(set.digest())) {
            return Optional.empty();
        }
        EventId id = EventId.derive(
                EventType.POLICY_SET_ACTIVATED.wireName(),
                set.name(),
                set.digest(),
                last == null ? "" : last.id().value());
        return Optional.of(new Envelope<>(
                id,
                ServiceName.POLICY_ENGINE,
                since,
                null,
                new PolicySetActivated(set.name(), set.digest(), set.ruleIds(), since)));
    }
}
