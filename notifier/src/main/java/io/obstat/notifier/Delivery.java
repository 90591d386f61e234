package io.obstat.notifier;

import java.time.Duration;
import java.time.Instant;

/** Where the delivery of one notice to one recipient stands. Only an {@link Open} one can be tried; {@link Ended} is for good. */
public sealed interface Delivery {

    /** How many tries were made. */
    int attempts();

    /** Still to be delivered. */
    sealed interface Open extends Delivery {

        /** When there was something to tell. */
        Instant createdAt();

        /** Before this moment it must not be tried. */
        Instant dueAt();

        /**
         * What a try makes of it.
         *
         * @param jitter from 0 to 1, see {@link Backoff#after}
         */
        default Delivery next(Attempt attempt, Backoff backoff, double jitter, Instant now) {
            int tried = attempts() + 1;
            return switch (attempt) {
                case Attempt.Accepted() -> new Delivered(tried, now);
                case Attempt.Refused(String problem) -> new Failed(tried, problem, now);
                case Attempt.Forbidden(String problem) -> new Failed(attempts(), problem, now);
                case Attempt.Troubled troubled ->
                    retry(tried, wait(troubled, backoff.after(tried, jitter)), troubled.problem(), backoff, now);
                case Attempt.Postponed(String problem, Duration pause, boolean all) ->
                    retry(attempts(), pause, problem, backoff, now);
            };
        }

        private Delivery retry(int tried, Duration wait, String problem, Backoff backoff, Instant now) {
            Instant dueAt = now.plus(wait);
            // INVARIANT: an open delivery ends; what would be tried too late is given up at once, and said.
            return dueAt.isAfter(createdAt().plus(backoff.giveUpAfter()))
                    ? new Failed(tried, problem, now)
                    : new Retrying(createdAt(), dueAt, tried, problem);
        }

        private static Duration wait(Attempt.Troubled troubled, Duration backoff) {
            Duration asked = troubled.retryAfter();
            return asked != null && asked.compareTo(backoff) > 0 ? asked : backoff;
        }
    }

    /** It has come to its end. */
    sealed interface Ended extends Delivery {

        Instant endedAt();
    }

    /** Not tried yet. */
    record Pending(Instant createdAt) implements Open {

        @Override
        public int attempts() {
            return 0;
        }

        @Override
        public Instant dueAt() {
            return createdAt;
        }
    }

    /** Tried in vain, to be tried again. */
    record Retrying(Instant createdAt, Instant dueAt, int attempts, String problem) implements Open {}

    /** The recipient has it. */
    record Delivered(int attempts, Instant endedAt) implements Ended {}

    /** Nobody tries any more. */
    record Failed(int attempts, String problem, Instant endedAt) implements Ended {}
}
