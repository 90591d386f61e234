package io.obstat.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.EventType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Timelines as the ledger's API gives them. */
final class Ledger {

    /**
     * @param lines one an entry, readable aloud
     * @param complete whether everything is there that happened
     */
    record Timeline(List<String> lines, boolean complete) {}

    /** The ledger is off the decision path and shows an entry once its transaction is committed. */
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(20);

    private Ledger() {}

    /** The action's timeline, as soon as it has all that is expected; as it is after 20 s otherwise. */
    static Timeline await(PublicApi api, ActionId action, Set<EventType> expected, String token)
            throws IOException, InterruptedException {
        long until = System.nanoTime() + SHOWN_WITHIN.toNanos();
        while (true) {
            PublicApi.Answer answer = api.timeline(action, token);
            Timeline timeline =
                    answer.status() == 200 ? timeline(answer.body(), expected) : new Timeline(List.of(), false);
            if (timeline.complete() || System.nanoTime() > until) {
                return timeline;
            }
            Thread.sleep(100);
        }
    }

    private static Timeline timeline(JsonNode body, Set<EventType> expected) {
        List<String> lines = new ArrayList<>();
        Set<String> types = new HashSet<>();
        for (JsonNode entry : body.path("entries")) {
            String time = entry.path("time").asText();
            lines.add("%s  %s  %s"
                    .formatted(
                            time.substring(Math.min(time.length(), 11), Math.min(time.length(), 19)),
                            entry.path("log").asText() + "/"
                                    + entry.path("sequence").asText(),
                            entry.path("sentence").asText()));
            types.add(entry.path("type").asText());
        }
        boolean complete = expected.stream().allMatch(type -> types.contains(type.wireName()));
        return new Timeline(lines, complete);
    }
}
