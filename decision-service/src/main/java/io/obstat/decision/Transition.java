package io.obstat.decision;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command did.
 *
 * @param next the state from now on; the same as before when nothing changed
 * @param facts what came to pass, in order; empty when nothing did
 * @param answer for whoever sent the command
 */
public record Transition<A extends Answer>(ApprovalState next, List<Fact> facts, A answer) {

    public Transition {
        facts = List.copyOf(facts);
    }

    /** Nothing happened; the command is a repeat, or does not apply. */
    public static <A extends Answer> Transition<A> unchanged(ApprovalState state, A answer) {
        return new Transition<>(state, List.of(), answer);
    }

    static <A extends Answer> Transition<A> to(ApprovalState next, A answer, Fact... facts) {
        return new Transition<>(next, List.of(facts), answer);
    }

    /** This, when {@code earlier} has happened before it in the same command. */
    Transition<A> after(List<Fact> earlier) {
        var all = new ArrayList<>(earlier);
        all.addAll(facts);
        return new Transition<>(next, all, answer);
    }
}
