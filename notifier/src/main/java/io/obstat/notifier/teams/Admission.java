package io.obstat.notifier.teams;

import io.obstat.contracts.Required;

/** Whether an inbound activity is let in. */
public sealed interface Admission {

    /** It comes from Teams, from our tenant, for our bot. Whether the person may do what they ask for is another question. */
    record Accepted(Caller caller) implements Admission {}

    /**
     * It is not let in.
     *
     * @param rule which rule it broke; the first that was found
     * @param why for the log; 1 to 500 characters. Not for the caller, who learns the rule's status and nothing else
     */
    record Refused(Rule rule, String why) implements Admission {

        static final int LONGEST = 500;

        public Refused {
            Required.text("why", why, LONGEST);
        }

        static Refused of(Rule rule, String why) {
            return new Refused(rule, Text.clip(why, LONGEST));
        }

        /** 401, 403 or 503. */
        public int status() {
            return rule.status();
        }
    }
}
