package io.obstat.sdk;

import io.obstat.contracts.ActionId;

/**
 * What came of an action from asking to reporting. A switch over it is complete with three cases; {@code NotRun(Refusal.Denied denied)} and its
 * like look further.
 */
public sealed interface Attempt<T> {

    /** What happened and what to do now, in sentences a model can act on. */
    String message();

    /**
     * Allowed and done.
     *
     * @param value what the work returned
     * @param reported whether the service knows of it; when not, the ledger shows the grant as taken up with an outcome unknown
     */
    record Ran<T>(ActionId actionId, T value, boolean reported) implements Attempt<T> {

        @Override
        public String message() {
            return reported
                    ? "Done: " + actionId + " ran under its grant and was reported."
                    : "Done: " + actionId
                            + " ran under its grant, but the outcome could not be reported; tell a person.";
        }
    }

    /**
     * Allowed and begun, but the work threw.
     *
     * @param cause what it threw
     * @param reported whether the service knows of it
     */
    record Failed<T>(ActionId actionId, Exception cause, boolean reported) implements Attempt<T> {

        @Override
        public String message() {
            return "%s was allowed and began, but failed: %s. Its grant is used up; ask again before another try."
                    .formatted(actionId, cause);
        }
    }

    /** Nothing was run. */
    record NotRun<T>(Refusal why) implements Attempt<T> {

        @Override
        public String message() {
            return why.message();
        }
    }
}
