package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is thrown at a door is refused with a reason or taken as what it is; nothing breaks, nothing is lost, and the road goes on. */
@ExtendWith(RoadExtension.class)
@Order(5)
class GarbageIT {

    private static final long SEED = Long.getLong("obstat.garbage.seed", 20261122L);
    private static final int CASES = Integer.getInteger("obstat.garbage.cases", 300);
    private static final Topic DEAD = Topics.INTENTS.deadLetters().orElseThrow();

    @Test
    void shouldAnswerGarbageAtTheHttpDoorWithAProblem(Road road) {
        // Given
        var garbage = new Garbage(SEED);
        Map<Integer, Integer> answers = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        // When
        for (int i = 0; i < CASES; i++) {
            Garbage.Thrown thrown = garbage.body();
            Answer answer = await().atMost(Actions.PATIENCE)
                    .until(
                            () -> road.post(
                                    "etl-agent",
                                    road.address("intake").resolve("/v1/actions"),
                                    Map.of(),
                                    thrown.bytes()),
                            // Not carried out, which is no answer to the body.
                            one -> one.status() != 503);
            answers.merge(answer.status(), 1, Integer::sum);
            boolean refused = answer.status() >= 400 && answer.status() < 500;
            boolean explained =
                    answer.headers().getOrDefault("content-type", "").startsWith("application/problem+json")
                            && !answer.body().path("detail").asText().isBlank();
            boolean taken = answer.status() == 202 && answer.body().path("id").isTextual();
            boolean mayBeTaken = taken && !thrown.mustBeRefused();
            if (!mayBeTaken && !(refused && explained)) {
                wrong.add("case %d of seed %d: %d %s for %s"
                        .formatted(i, SEED, answer.status(), answer.body(), shown(thrown.bytes())));
            }
        }
        // Then
        System.out.printf("Garbage at the HTTP door, %d cases: %s%n", CASES, answers);
        assertThat(wrong).isEmpty();
        assertThat(answers.keySet()).anyMatch(status -> status >= 400);
        goesOn(road);
    }

    @Test
    void shouldPutEveryRecordOfGarbageAtTheKafkaDoorIntoTheDeadLetters(Road road) {
        // Given
        var garbage = new Garbage(SEED + 1);
        String run = "garbage-" + UUID.randomUUID() + "-";
        Set<String> all = new TreeSet<>();
        Set<String> mustDie = new TreeSet<>();
        // When
        for (int i = 0; i < CASES; i++) {
            String key = run + i;
            all.add(key);
            if (throwRecord(road, garbage, key)) {
                mustDie.add(key);
            }
        }
        // Then every record is a request or a dead letter, and none is both
        await().atMost(Actions.PATIENCE).untilAsserted(() -> {
            Set<String> ended = dead(road, run);
            ended.addAll(taken(road, run));
            assertThat(ended).isEqualTo(all);
        });
        goesOn(road);
        assertThat(dead(road, run)).containsAll(mustDie).doesNotContainAnyElementsOf(taken(road, run));
        assertThat(road.topics().of(DEAD))
                .filteredOn(entry -> entry.key() != null && entry.key().startsWith(run))
                .allSatisfy(entry -> assertThat(entry.headers().getOrDefault("dead-letter-reason", ""))
                        .isNotBlank());
    }

    /** The keys of this run that the door itself has buried. */
    private static Set<String> dead(Road road, String run) {
        return road.topics().of(DEAD).stream()
                .filter(entry -> !entry.buriedByLedger())
                .map(entry -> String.valueOf(entry.key()))
                .filter(key -> key.startsWith(run))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The keys of this run that became requests; each had its key as the run that it claims. */
    private static Set<String> taken(Road road, String run) {
        return road.topics().of(Topics.ACTIONS).stream()
                .map(entry -> entry.value().path("claimed").path("run").asText())
                .filter(key -> key.startsWith(run))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Throws one, and says whether it must end in the dead letters. */
    private static boolean throwRecord(Road road, Garbage garbage, String key) {
        Map<String, String> headers = new HashMap<>(Intents.headers(key));
        Intents intents = road.intents(Road.PIPELINE);
        boolean mustDie = true;
        byte[] value;
        switch (garbage.below(6)) {
            case 0 -> value = garbage.noise(garbage.below(300));
            case 1 -> {
                headers.remove(List.copyOf(headers.keySet()).get(garbage.below(headers.size())));
                value = garbage.noise(20);
            }
            case 2 -> value = jws(intents.jws(garbage.noise(garbage.below(100))));
            case 3 ->
                // An intent that would pass, but for one bit of its signature.
                value = jws(
                        garbage.forged(intents.signed(key, null, Garbage.good().put("run", key))
                                .path("jws")
                                .textValue()));
            case 4 -> value = Json.write(garbage.changed());
            default -> {
                ObjectNode action = garbage.changed().put("run", key);
                mustDie = Garbage.isNoRequest(action);
                value = Json.write(intents.signed(key, null, action));
            }
        }
        road.send(Topics.INTENTS, key, headers, value);
        return mustDie;
    }

    private static byte[] jws(String jws) {
        return Json.write(JsonNodeFactory.instance.objectNode().put("jws", jws));
    }

    private static void goesOn(Road road) {
        Map<String, String> headers =
                Map.of("Prefer", "wait=30", "Idempotency-Key", UUID.randomUUID().toString());
        await().atMost(Actions.PATIENCE).untilAsserted(() -> {
            Answer answer = road.call(
                    "etl-agent", "POST", road.address("intake").resolve("/v1/actions"), headers, Garbage.good());
            assertThat(answer.require(200).text("/decision/outcome")).isEqualTo("allowed");
        });
    }

    private static String shown(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.substring(0, Math.min(200, text.length()));
    }
}
