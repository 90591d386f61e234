package io.obstat.policy.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.function.LongSupplier;

/** Stops an evaluation that takes too long: CEL calls it for every node it has evaluated. For one thread and one request. */
final class Meter implements CelEvaluationListener {

    /** Reading the thread's processor time costs about as much as evaluating some nodes, so only every so many look at it. */
    private static final int STRIDE = 16;

    private final LongSupplier processorTime;
    private final long perRule;
    private final long end;
    private long ruleEnd;
    private int steps;

    /** @param processorTime of the evaluating thread, in nanoseconds */
    Meter(Limits limits, LongSupplier processorTime) {
        this.processorTime = processorTime;
        this.perRule = limits.perRule().toNanos();
        this.end = processorTime.getAsLong() + limits.perRequest().toNanos();
        this.ruleEnd = end;
    }

    /** Begins a rule; false when the request's time is up. */
    boolean beginRule() {
        long now = processorTime.getAsLong();
        ruleEnd = Math.min(end, now + perRule);
        steps = 0;
        return now < end;
    }

    @Override
    public void callback(CelExpr expression, Object value) {
        if (++steps % STRIDE == 0 && processorTime.getAsLong() >= ruleEnd) {
            throw new TimeUp();
        }
    }

    /** An error and no exception, because CEL's logical operators absorb exceptions and go on: {@code failing || true} is true. */
    static final class TimeUp extends Error {

        private static final long serialVersionUID = 1L;

        TimeUp() {
            super("A condition took longer than it may", null, false, false);
        }
    }
}
