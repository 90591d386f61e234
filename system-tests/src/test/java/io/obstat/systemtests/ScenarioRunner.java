package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import io.obstat.systemtests.Scenario.Expected;
import io.obstat.systemtests.Scenario.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays a scenario on the road and holds the topics and the ledger against what it says. */
final class ScenarioRunner {

    private final Road road;
    private final Scenario scenario;
    private final Variables variables = new Variables();

    ScenarioRunner(Road road, Scenario scenario) {
        this.road = road;
        this.scenario = scenario;
    }

    /** Plays every step, and waits until the ending is there. */
    void run() {
        scenario.given().forEach((name, value) -> variables.set(name, variables.in(value)));
        int number = 0;
        for (Step step : scenario.when()) {
            number++;
            try {
                play(step);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Step %d: %s".formatted(number, e.getMessage()), e);
            }
        }
        await().atMost(Actions.PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(this::holds);
    }

    /** Whether the ending is there at this moment: an event too many is seen only after a while. */
    void holds() {
        try {
            scenario.then().forEach(this::holds);
        } catch (AssertionError e) {
            throw new AssertionError("%s: %s".formatted(scenario.metadata().name(), e.getMessage()), e);
        }
    }

    private void play(Step step) {
        if (step.call() != null) {
            call(step, step.call());
        } else if (step.intent() != null) {
            intent(variables.in(step.intent()));
        } else if (step.record() != null) {
            record(variables.in(step.record()));
        } else {
            throw new IllegalArgumentException("A step needs call, intent or record");
        }
    }

    private void call(Step step, String line) {
        JsonNode expected = step.expect() == null ? JsonNodeFactory.instance.objectNode() : variables.in(step.expect());
        if (step.until()) {
            await().atMost(Actions.PATIENCE)
                    .pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> save(step, expect(expected, answer(step, line))));
        } else {
            save(step, expect(expected, answer(step, line)));
        }
    }

    private Answer answer(Step step, String line) {
        String[] words = variables.in(line).split(" ", 3);
        Map<String, String> headers = new HashMap<>();
        if (step.headers() != null) {
            step.headers().forEach((name, value) -> headers.put(name, variables.in(value)));
        }
        JsonNode body = step.body() == null ? null : variables.in(step.body());
        return road.call(step.as(), words[0], road.address(words[1]).resolve(words[2]), headers, body);
    }

    private static Answer expect(JsonNode expected, Answer answer) {
        ObjectNode actual = JsonNodeFactory.instance.objectNode();
        actual.put("status", answer.status());
        actual.set("headers", Json.tree(answer.headers()));
        actual.set("body", answer.body());
        assertThat(JsonSubset.differences(expected, actual)).as("%s", actual).isEmpty();
        return answer;
    }

    private void save(Step step, Answer answer) {
        if (step.save() != null) {
            step.save().forEach((name, pointer) -> variables.set(name, answer.text(pointer)));
        }
    }

    /** {@code {agent, key, at?, onBehalfOf?, action}}: writes an intent signed at that moment, or now; {@code ${id}} is the action's id from then on. */
    private void intent(JsonNode intent) {
        String agent = intent.path("agent").textValue();
        String key = intent.path("key").textValue();
        Instant at = intent.has("at") ? Instant.parse(intent.path("at").textValue()) : Instant.now();
        ObjectNode value =
                road.intents(agent).signed(at, key, intent.path("onBehalfOf").textValue(), intent.path("action"));
        variables.set("id", ActionId.derive(new AgentId(agent), key).value());
        send(Topics.INTENTS, key, EventType.ACTION_INTENT.wireName(), "urn:pipeline:" + agent, key, Json.write(value));
    }

    /** {@code {topic, key, type?, id?, data? or text?}}: writes a record as it stands, with the headers of the topic's writer. */
    private void record(JsonNode record) {
        Topic topic = topic(record.path("topic").textValue());
        byte[] value = record.has("text")
                ? record.path("text").textValue().getBytes(StandardCharsets.UTF_8)
                : Json.write(record.path("data"));
        String key = record.path("key").textValue();
        send(
                topic,
                key,
                record.path("type").textValue(),
                topic.writer().urn(),
                record.path("id").asText(key),
                value);
    }

    private void send(Topic topic, String key, @Nullable String type, String source, String id, byte[] value) {
        Map<String, String> headers = type == null ? Map.of() : CloudEvent.headers(type, source, id);
        road.send(topic, key, headers, value);
    }

    private void holds(String where, List<Expected> expected) {
        String[] words = variables.in(where).split(" ", 2);
        String key = words.length == 2 ? words[1] : variables.in("${id}");
        if (words[0].equals("ledger")) {
            holdsInLedger(key, expected);
            return;
        }
        List<TopicLog.Entry> entries = road.topics().events(topic(words[0]), key).stream()
                .filter(entry -> !entry.buriedByLedger())
                .toList();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(expected.size(), entries.size()); i++) {
            String at = "%s[%d]".formatted(words[0], i);
            expected.get(i)
                    .differences(entries.get(i), variables)
                    .forEach(difference -> differences.add(at + difference));
        }
        assertThat(differences).as(words[0]).isEmpty();
        assertThat(entries)
                .as(
                        "%s has to hold %s of %s",
                        words[0], expected.stream().map(Expected::type).toList(), key)
                .hasSameSizeAs(expected);
    }

    /** Every type of event at least as often as expected, in the timeline of the action. */
    private void holdsInLedger(String action, List<Expected> expected) {
        List<String> types = road.timeline(action);
        List<String> missing =
                new ArrayList<>(expected.stream().map(Expected::type).toList());
        types.forEach(missing::remove);
        assertThat(missing)
                .as("missing in the timeline of %s, which has %s", action, types)
                .isEmpty();
    }

    private static Topic topic(String name) {
        return Topics.all().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no topic " + name));
    }
}
