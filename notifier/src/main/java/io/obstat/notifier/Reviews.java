package io.obstat.notifier;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Review;
import java.util.concurrent.CompletionStage;

/** Where clicks go. */
public interface Reviews {

    /** Completes when the review is on Kafka, and so cannot be lost. May be called again with the same review. Must not block. */
    CompletionStage<Void> submit(ActionId action, Review review);
}
