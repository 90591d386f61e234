package io.obstat.ledger;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Person;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.Decision.DecidedBy;

/** What the ledger calls things, in its sentences, pages and searches alike. */
public final class Words {
    /** An action without a decision. */
    public static final String PENDING = "pending";
    /** An action whose decision was revoked. */
    public static final String REVOKED = "revoked";

    private Words() {}

    /** How a person is called: by key, never by display name. */
    public static String name(Person person) {
        return person.email() == null || person.email().equalsIgnoreCase(person.subject())
                ? person.subject()
                : person.subject() + " <" + person.email() + ">";
    }

    /** How an action ended, as far as it has: an outcome's word, {@link #PENDING} or {@link #REVOKED}. */
    public static String outcome(ActionView action) {
        if (action.revoked() != null) {
            return REVOKED;
        }
        return action.decided() == null ? PENDING : outcome(action.decided().outcome());
    }

    /** An outcome in a word. */
    public static String outcome(Outcome outcome) {
        return switch (outcome) {
            case ALLOWED -> "allowed";
            case DENIED -> "denied";
            case REJECTED -> "rejected";
            case EXPIRED -> "expired";
            case WITHDRAWN -> "withdrawn";
            case UNDELIVERABLE -> "undeliverable";
            case SUPERSEDED -> "superseded";
            case POLICY_CHANGED -> "policy-changed";
        };
    }

    /** A risk in a word. */
    public static String risk(Risk risk) {
        return switch (risk) {
            case LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
            case CRITICAL -> "critical";
        };
    }

    /** Who or what decided, where no person is to be named. */
    public static String decider(DecidedBy by) {
        return switch (by) {
            case POLICY -> "policy";
            case PEOPLE -> "people";
            case TIME -> "the deadline";
            case AGENT -> "the agent";
            case BREAK_GLASS -> "one person, in an emergency";
        };
    }

    /** What somebody wants to do who says this, as in "tried to …". */
    static String verb(Verb verb) {
        return switch (verb) {
            case APPROVE -> "approve";
            case REJECT -> "reject";
            case ESCALATE -> "escalate";
            case CLAIM -> "claim it";
            case RELEASE -> "let go of it";
            case ASK -> "ask the agent";
            case EDIT -> "change the inputs";
            case BREAK_GLASS -> "break the glass";
            case SIGN -> "sign";
            case REVOKE -> "revoke it";
        };
    }

    static String identification(Identification identification) {
        return switch (identification) {
            case CHAT -> "a chat click";
            case BEARER_TOKEN -> "bearer token";
            case OIDC_SESSION -> "OIDC session";
            case WEBAUTHN -> "a security key";
        };
    }
}
