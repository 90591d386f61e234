package io.obstat.policy.yaml;

import java.util.Locale;

/** A policy file that cannot be used. The message names file, line, rule and field, what is wrong there and what to do. */
public final class PolicyFileException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param line counted from 1; 0 when it is about the file as a whole
     */
    PolicyFileException(String file, int line, String problem) {
        super(
                line == 0
                        ? "%s: %s".formatted(file, problem)
                        : String.format(Locale.ROOT, "%s:%d: %s", file, line, problem));
    }
}
