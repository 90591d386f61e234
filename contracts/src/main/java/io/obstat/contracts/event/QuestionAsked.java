package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;
import java.time.Instant;

/**
 * A reviewer asks the agent something.
 *
 * @param review its {@code reason} is the question
 */
public record QuestionAsked(ActionId actionId, Review review, Instant askedAt) implements ActionEvent {

    public QuestionAsked {
        Required.present("actionId", actionId);
        Required.present("review", review);
        Required.present("askedAt", askedAt);
    }
}
