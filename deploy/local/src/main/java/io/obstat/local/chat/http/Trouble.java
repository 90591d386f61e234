package io.obstat.local.chat.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Trouble on purpose. Safe for use by several threads. */
public final class Trouble {

    private volatile boolean outage;
    private volatile Duration slow = Duration.ZERO;
    private final Deque<Reply> refusals = new ArrayDeque<>();
    private int answersToLose;

    /** From now on 503 to everything, or no more. */
    public void outage(boolean on) {
        outage = on;
    }

    /** From now on every answer takes so long. What was asked is done at once all the same. */
    public void slow(Duration delay) {
        slow = delay;
    }

    /** The next calls are refused with this status, and nothing is done. */
    public synchronized void refuseNext(int times, int status, @Nullable Duration retryAfter) {
        Reply reply = Reply.text(status, "");
        for (int i = 0; i < times; i++) {
            refusals.add(retryAfter == null ? reply : reply.retryAfter(retryAfter));
        }
    }

    /** The next calls are done, and the connection is closed before the answer. */
    public synchronized void loseAnswers(int times) {
        answersToLose += times;
    }

    /** Answers with trouble, when there is any, and otherwise as the call asks. */
    public Reply around(Supplier<Reply> call) {
        Reply reply =
                outage ? Reply.text(503, "Service Unavailable") : refusal().orElseGet(() -> answer(call));
        try {
            Thread.sleep(slow);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return reply;
    }

    private synchronized Optional<Reply> refusal() {
        return Optional.ofNullable(refusals.poll());
    }

    private Reply answer(Supplier<Reply> call) {
        Reply reply = call.get();
        return losesAnswer() ? Reply.none() : reply;
    }

    private synchronized boolean losesAnswer() {
        if (answersToLose == 0) {
            return false;
        }
        answersToLose--;
        return true;
    }
}
