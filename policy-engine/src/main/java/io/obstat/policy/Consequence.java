package io.obstat.policy;

import io.obstat.contracts.Assessment.Effect;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import io.obstat.contracts.Requirement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What follows when a rule applies. */
public sealed interface Consequence {

    /** How it is named in files and on the wire. */
    Effect effect();

    /**
     * The action is refused.
     *
     * @param saferAlternative what the agent may do instead; 1 to 500 characters
     * @param retryAfter how long the agent should wait before it asks for the like again; 1 second to 30 days
     */
    record Deny(@Nullable String saferAlternative, @Nullable Duration retryAfter) implements Consequence {

        private static final Duration LONGEST = Duration.ofDays(30);

        public Deny {
            if (saferAlternative != null) {
                Required.text("saferAlternative", saferAlternative, 500);
            }
            if (retryAfter != null
                    && (retryAfter.compareTo(Duration.ofSeconds(1)) < 0 || retryAfter.compareTo(LONGEST) > 0)) {
                throw new InvalidFieldException(
                        "retryAfter", "is %s; it must be between PT1S and P30D".formatted(retryAfter));
            }
        }

        @Override
        public Effect effect() {
            return Effect.DENY;
        }
    }

    /** People decide, and these must approve. */
    record Require(Requirement requirement) implements Consequence {

        public Require {
            Required.present("require", requirement);
        }

        @Override
        public Effect effect() {
            return Effect.REQUIRE;
        }
    }

    /** Nobody needs to be asked. */
    record Allow() implements Consequence {

        @Override
        public Effect effect() {
            return Effect.ALLOW;
        }
    }
}
