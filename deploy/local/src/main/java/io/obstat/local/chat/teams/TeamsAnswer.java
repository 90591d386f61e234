package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.http.Call;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the bot made of an activity.
 *
 * @param status of HTTP; 0 when there was no answer
 * @param took until the answer, or until Teams lost its patience
 * @param body of the answer; empty when there was none
 * @param problem what Teams tells the person; null when it is content
 */
public record TeamsAnswer(
        int status, Duration took, String body, @Nullable String problem) {

    static final String TROUBLE = "Something went wrong. Please try again.";
    private static final int OK = 200;

    /** Whether Teams is content: an answer in time, with something in it that Teams understands, and no error. */
    public boolean isAccepted() {
        return problem == null;
    }

    /** The body as JSON: {@code {statusCode, type, value}} for an invoke. Missing when it is none. */
    public JsonNode json() {
        return Call.json(body);
    }

    /** The statusCode within the answer to an invoke; 0 when there is none. */
    public int statusCode() {
        return json().path("statusCode").asInt();
    }

    /** The card that was answered; empty when it was none. */
    public Optional<ObjectNode> card() {
        return json().path("type").asText().equals(AdaptiveCards.CONTENT_TYPE)
                        && json().path("value") instanceof ObjectNode card
                ? Optional.of(card)
                : Optional.empty();
    }

    /** The message that was answered; empty when it was none. */
    public Optional<String> message() {
        return json().path("type").asText().equals("application/vnd.microsoft.activity.message")
                ? Optional.of(json().path("value").asText())
                : Optional.empty();
    }

    /** The same, as Teams reads an answer to adaptiveCard/action. */
    TeamsAnswer asInvoke() {
        if (problem != null) {
            return this;
        }
        if (status != OK || !json().path("statusCode").isInt()) {
            return failed(TROUBLE);
        }
        if (statusCode() != OK) {
            String said = json().path("value").path("message").asText("");
            return failed(said.isEmpty() ? TROUBLE : said);
        }
        boolean goodCard =
                card().filter(card -> AdaptiveCards.faults(card).isEmpty()).isPresent();
        return goodCard || message().isPresent() ? this : failed(TROUBLE);
    }

    private TeamsAnswer failed(String why) {
        return new TeamsAnswer(status, took, body, why);
    }
}
