package io.obstat.decision;

/**
 * Whether somebody's approval would count.
 *
 * @param can whether it would
 * @param why in a sentence, for that person to read
 */
public record Eligibility(boolean can, String why) {}
