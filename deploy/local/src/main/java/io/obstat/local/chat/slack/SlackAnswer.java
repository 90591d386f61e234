package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.local.chat.http.Call;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the app made of what Slack sent it.
 *
 * @param status of HTTP; 200 for a socket's acknowledgement, 0 when there was no answer
 * @param took until the answer, or until Slack lost its patience
 * @param body of the answer; empty when there was none
 * @param problem what Slack tells the person; null when it is content
 */
public record SlackAnswer(
        int status, Duration took, String body, @Nullable String problem) {

    /** Whether Slack is content: 200 within three seconds, with something in it that Slack understands. */
    public boolean isAccepted() {
        return problem == null;
    }

    /** The body as JSON; missing when it is none. */
    public JsonNode json() {
        return Call.json(body);
    }

    public Optional<String> shown() {
        return Optional.ofNullable(problem);
    }

    SlackAnswer failed(String why) {
        return new SlackAnswer(status, took, body, why);
    }
}
