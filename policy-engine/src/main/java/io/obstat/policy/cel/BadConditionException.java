package io.obstat.policy.cel;

/** A condition that is no condition: it does not compile, or reads what it must not. */
public final class BadConditionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String rule;
    private final String problem;

    public BadConditionException(String rule, String problem) {
        super("rule %s: when %s".formatted(rule, problem));
        this.rule = rule;
        this.problem = problem;
    }

    /** The id of the rule. */
    public String rule() {
        return rule;
    }

    /** What is wrong and what to do, to be read after "when". */
    public String problem() {
        return problem;
    }
}
