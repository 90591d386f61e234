package io.obstat.local.chat.slack;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** What an app gets with every click, and may open one modal with, soon. Safe for use by several threads. */
final class Triggers {

    // SPEC: https://docs.slack.dev/interactivity/handling-user-interaction, trigger_ids expire in three seconds and may
    // only be used once.
    private static final Duration GOOD_FOR = Duration.ofSeconds(3);

    private static final int RANDOM_BYTES = 16;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Trigger> byId = new HashMap<>();

    private static final class Trigger {
        private final String user;
        private final Instant until;
        private boolean used;

        Trigger(String user, Instant until) {
            this.user = user;
            this.until = until;
        }
    }

    Triggers(InstantSource clock) {
        this.clock = clock;
    }

    /** A new one, for what this person does now. */
    synchronized String make(String user) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        Instant now = clock.instant();
        String id = "%d.%d.%s"
                .formatted(now.toEpochMilli(), byId.size() + 1, HexFormat.of().formatHex(bytes));
        byId.put(id, new Trigger(user, now.plus(GOOD_FOR)));
        return id;
    }

    /**
     * Uses it up.
     *
     * @return whose it is
     * @throws SlackError when it is none, is too old, or was used
     */
    synchronized String use(String id) {
        Trigger trigger = byId.get(id);
        if (trigger == null) {
            throw new SlackError("invalid_trigger_id");
        }
        if (trigger.used) {
            throw new SlackError("exchanged_trigger_id");
        }
        if (clock.instant().isAfter(trigger.until)) {
            throw new SlackError("expired_trigger_id");
        }
        trigger.used = true;
        return trigger.user;
    }
}
