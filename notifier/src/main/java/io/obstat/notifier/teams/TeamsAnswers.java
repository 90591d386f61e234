package io.obstat.notifier.teams;

import io.obstat.contracts.ReviewId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clicks that Teams holds open for a moment, so that whoever clicked learns where they are why it did not count. In this process only: when the
 * answer comes to another one they are written to instead.
 */
final class TeamsAnswers {

    private final Map<ReviewId, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();

    /** Completes with what there is to say to whoever submitted this review. Whoever waits no longer says so. */
    CompletableFuture<String> expect(ReviewId review) {
        return waiting.computeIfAbsent(review, id -> new CompletableFuture<>());
    }

    void expectNoMore(ReviewId review) {
        waiting.remove(review);
    }

    /** Whether somebody waits for it. */
    boolean answer(ReviewId review, String words) {
        CompletableFuture<String> expected = waiting.remove(review);
        return expected != null && expected.complete(words);
    }
}
