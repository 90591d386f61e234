package io.obstat.notifier.slack;

import io.obstat.contracts.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody clicked.
 *
 * @param responseUrl where Slack wants the answer for the first half hour; whoever uses it checks that it leads to Slack
 */
record SlackPlace(String channel, String user, @Nullable URI responseUrl) {

    static SlackPlace read(String value) {
        return Json.readEvent(value.getBytes(StandardCharsets.UTF_8), SlackPlace.class);
    }

    String value() {
        return new String(Json.write(this), StandardCharsets.UTF_8);
    }
}
