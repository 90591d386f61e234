package io.obstat.sdk;

import io.obstat.contracts.ActionDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which denials ask for patience. A denial is of one action, its parameters included, as a decision is (the digest): with others, policy may say something
 * else, and is asked. Thread safe; forgets at exit.
 */
final class BackOffs {

    private static final int MOST = 1_000;

    private final Map<ActionDigest, Refusal.Denied> denials = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ActionDigest, Refusal.Denied> eldest) {
            return size() > MOST;
        }
    };

    synchronized void remember(ActionDigest action, Refusal.Denied denied) {
        if (denied.backOff().isPresent()) {
            denials.put(action, denied);
        }
    }

    /** The back-off that is still on for this action. */
    synchronized Optional<Refusal.BackingOff> on(ActionDigest action, Instant now) {
        Refusal.Denied denied = denials.get(action);
        if (denied == null) {
            return Optional.empty();
        }
        Optional<BackOff> still = denied.backOff().filter(backOff -> !backOff.isOver(now));
        if (still.isEmpty()) {
            denials.remove(action);
        }
        return still.map(backOff -> new Refusal.BackingOff(backOff, denied));
    }
}
