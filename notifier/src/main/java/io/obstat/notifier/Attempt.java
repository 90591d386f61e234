package io.obstat.notifier;

import io.obstat.contracts.Required;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one try to tell a recipient went. */
public sealed interface Attempt {

    int LONGEST_PROBLEM = 500;

    /** The recipient has it. */
    record Accepted() implements Attempt {}

    /**
     * The recipient does not want it; asking again would not help.
     *
     * @param problem what was wrong; 1 to 500 characters
     */
    record Refused(String problem) implements Attempt {

        public Refused {
            Required.text("problem", problem, LONGEST_PROBLEM);
        }
    }

    /**
     * It may work later.
     *
     * @param problem what was wrong; 1 to 500 characters
     * @param retryAfter how long the recipient asked us to wait, if it did
     */
    record Troubled(String problem, @Nullable Duration retryAfter) implements Attempt {

        public Troubled {
            Required.text("problem", problem, LONGEST_PROBLEM);
        }
    }

    /**
     * It is not its turn yet; this was no try.
     *
     * @param problem why; 1 to 500 characters
     * @param pause for how long
     * @param all whether nothing else is to be tried with this recipient by then either, as after a rate limit
     */
    record Postponed(String problem, Duration pause, boolean all) implements Attempt {

        public Postponed {
            Required.text("problem", problem, LONGEST_PROBLEM);
            Required.present("pause", pause);
        }
    }

    /**
     * We may not address this recipient, so nothing was sent.
     *
     * @param problem why; 1 to 500 characters
     */
    record Forbidden(String problem) implements Attempt {

        public Forbidden {
            Required.text("problem", problem, LONGEST_PROBLEM);
        }
    }
}
