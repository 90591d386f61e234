package io.obstat.contracts.event;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Required;
import io.obstat.contracts.ReviewId;
import java.time.Instant;

/**
 * The agent answers a question.
 *
 * @param question the review that asked it
 * @param answer in the agent's words; 1 to 2,000 characters
 */
public record QuestionAnswered(ActionId actionId, ReviewId question, AgentId agent, String answer, Instant answeredAt)
        implements ActionEvent {

    public QuestionAnswered {
        Required.present("actionId", actionId);
        Required.present("question", question);
        Required.present("agent", agent);
        Required.text("answer", answer, 2_000);
        Required.present("answeredAt", answeredAt);
    }
}
