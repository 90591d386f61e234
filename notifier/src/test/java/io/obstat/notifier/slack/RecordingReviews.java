package io.obstat.notifier.slack;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Review;
import io.obstat.notifier.Reviews;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Kafka as a test wants it: prompt, unless told otherwise. */
final class RecordingReviews implements Reviews {

    private final List<Review> submitted = Collections.synchronizedList(new ArrayList<>());
    private CompletableFuture<Void> next = CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<Void> submit(ActionId action, Review review) {
        submitted.add(review);
        return next;
    }

    /** How what is submitted from now on goes. */
    void answer(CompletableFuture<Void> answer) {
        next = answer;
    }

    /** What was submitted, in order. */
    List<Review> submitted() {
        return submitted;
    }
}
