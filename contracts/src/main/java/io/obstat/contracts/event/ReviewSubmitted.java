package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review;

/** A person clicked in a channel; whether it counts is for {@code decision-service} to say. */
public record ReviewSubmitted(ActionId actionId, Review review) implements ActionEvent {

    public ReviewSubmitted {
        Required.present("actionId", actionId);
        Required.present("review", review);
    }
}
