package io.obstat.contracts;

/**
 * One concrete thing to be done.
 *
 * @param type what kind
 * @param resource what it is done to, such as {@code postgres://prod/customers}; 1 to 1,024 characters
 * @param environment where, such as {@code production}; 1 to 64 characters
 * @param parameters the exact inputs
 */
public record Action(ActionType type, String resource, String environment, Parameters parameters) {

    public static final int LONGEST_RESOURCE = 1024;
    public static final int LONGEST_ENVIRONMENT = 64;

    public Action {
        Required.present("type", type);
        Required.text("resource", resource, LONGEST_RESOURCE);
        Required.text("environment", environment, LONGEST_ENVIRONMENT);
        Required.present("parameters", parameters);
    }
}
