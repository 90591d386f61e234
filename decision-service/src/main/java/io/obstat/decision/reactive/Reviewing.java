package io.obstat.decision.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Review;
import io.obstat.decision.ReviewAnswer;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** Where a person's review is handed in. */
public interface Reviewing {

    /**
     * Judges a review and records it, or its refusal, before it answers. Fails when that could not be done; handing the same review in
     * again is safe, and gets the same answer.
     *
     * @param traceparent the W3C trace context of the caller, if there is one
     */
    Uni<ReviewAnswer> review(ActionId action, Review review, @Nullable String traceparent);

    /** Records that a person wanted to review and did not prove that it is them. The answer is a refusal, or that there is nothing to review. */
    Uni<ReviewAnswer> attempt(ActionId action, Review review, @Nullable String traceparent);
}
