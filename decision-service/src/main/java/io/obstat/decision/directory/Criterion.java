package io.obstat.decision.directory;

/**
 * Which of the provisioned to list.
 *
 * @param by what the value is compared with
 * @param value looked for, exactly but for the case of a name; empty for all
 */
public record Criterion(By by, String value) {

    public static final Criterion ALL = new Criterion(By.NOTHING, "");

    /** What can be looked for. */
    public enum By {
        NOTHING,
        ID,
        EXTERNAL_ID,
        /** A user's userName or a group's displayName. */
        NAME
    }
}
