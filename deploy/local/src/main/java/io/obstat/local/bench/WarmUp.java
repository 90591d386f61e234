package io.obstat.local.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Rounds of work until more of them make nothing faster: compilers take minutes over a program that nobody has used yet. */
final class WarmUp {

    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final int AT_ONCE = 16;

    /** A round is a noisy measurement; so many of them without a new best mean that there is none to come. */
    private static final int WITHOUT_A_BEST = 12;

    private static final double BETTER = 1.03;

    private final long mostRounds;
    private final List<Double> rounds = new ArrayList<>();
    private double best;
    private int bestAt;

    /** @param longest how long it may take altogether */
    WarmUp(Duration longest) {
        this.mostRounds = longest.dividedBy(ROUND);
    }

    Load round() {
        return new Load.AtOnce(AT_ONCE, ROUND);
    }

    /** Tells what a round came to. */
    void came(double perSecond) {
        rounds.add(perSecond);
        if (perSecond > best * BETTER) {
            best = perSecond;
            bestAt = rounds.size();
        }
    }

    boolean goesOn() {
        return rounds.size() < mostRounds && rounds.size() - bestAt < WITHOUT_A_BEST;
    }
}
