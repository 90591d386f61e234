package io.obstat.sdk;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which denials ask for patience. "The like" is the same type on the same resource in the same environment. Thread safe; forgets at exit. */
final class BackOffs {

    private static final int MOST = 1_000;

    private final Map<Like, Refusal.Denied> denials = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Like, Refusal.Denied> eldest) {
            return size() > MOST;
        }
    };

    synchronized void remember(Action action, Refusal.Denied denied) {
        if (denied.backOff().isPresent()) {
            denials.put(Like.of(action), denied);
        }
    }

    /** The back-off that is still on for the like of this action. */
    synchronized Optional<Refusal.BackingOff> on(Action action, Instant now) {
        Refusal.Denied denied = denials.get(Like.of(action));
        if (denied == null) {
            return Optional.empty();
        }
        Optional<BackOff> still = denied.backOff().filter(backOff -> !backOff.isOver(now));
        if (still.isEmpty()) {
            denials.remove(Like.of(action));
        }
        return still.map(backOff -> new Refusal.BackingOff(backOff, denied));
    }

    private record Like(ActionType type, String resource, String environment) {

        static Like of(Action action) {
            return new Like(action.type(), action.resource(), action.environment());
        }
    }
}
