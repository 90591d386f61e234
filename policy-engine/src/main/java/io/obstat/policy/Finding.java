package io.obstat.policy;

/** What the condition of a rule says to one request. */
public sealed interface Finding {

    /** The rule applies. */
    record Applies() implements Finding {}

    /** The rule applies, and its condition reads what the agent merely claims. Such a rule can add to what others ask, never take away. */
    record AppliesByClaim() implements Finding {}

    /** The rule does not apply. */
    record DoesNotApply() implements Finding {}

    /** Nobody knows whether the rule applies. */
    record Undecided(Reason reason) implements Finding {}

    /** Why nobody knows. The texts are fixed: an error message could quote what an agent wrote. */
    enum Reason {
        MISSING_FIELD("it reads a field that the request does not have"),
        WRONG_TYPE("it compares values of kinds that do not compare"),
        TOO_COSTLY("judging it took longer than it may"),
        FAILED("it cannot be worked out for this request");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** To be read after "could not be judged, because ". */
        public String text() {
            return text;
        }
    }
}
