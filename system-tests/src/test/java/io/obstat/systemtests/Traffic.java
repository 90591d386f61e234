package io.obstat.systemtests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Topics;
import io.obstat.contracts.json.Json;
import io.obstat.systemtests.Actions.Asked;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Agents, a pipeline and a reviewer who do not stop when something is broken: they try the same thing again. */
final class Traffic implements AutoCloseable {

    private static final int PAUSE_MS = 250;

    private final Road road;
    private final Actions actions;
    private final String run = "traffic-" + UUID.randomUUID() + "-";
    private final Map<String, Expected> accepted = new ConcurrentHashMap<>();
    private final Queue<Asked> toApprove = new ConcurrentLinkedQueue<>();
    private final AtomicInteger http = new AtomicInteger();
    private final AtomicInteger kafka = new AtomicInteger();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3);

    /** What was sent and not acknowledged yet; of the one thread that sends. */
    private volatile @Nullable Intent unacknowledged;

    /** What must become of an action that came in by this door, {@code http} or {@code kafka}. */
    record Expected(String door, String outcome, boolean byPeople) {}

    private record Intent(String key, Map<String, String> headers, byte[] value) {}

    private Traffic(Road road) {
        this.road = road;
        this.actions = new Actions(road);
    }

    static Traffic start(Road road) {
        var traffic = new Traffic(road);
        traffic.every(traffic::askByHttp);
        traffic.every(traffic::askByKafka);
        traffic.every(traffic::review);
        return traffic;
    }

    /** What was accepted, by action id. */
    Map<String, Expected> accepted() {
        return Map.copyOf(accepted);
    }

    /** No new requests; what is accepted is still reviewed. */
    void stop() {
        http.set(Integer.MIN_VALUE);
        kafka.set(Integer.MIN_VALUE);
    }

    private void every(Runnable step) {
        Runnable patient = () -> {
            try {
                step.run();
            } catch (RuntimeException | AssertionError e) {
                // Broken on purpose; the next turn tries the same again.
            }
        };
        threads.scheduleWithFixedDelay(patient, 0, PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    private void askByHttp() {
        int number = http.get();
        if (number < 0) {
            return;
        }
        Answer answer = actions.tryToAsk("etl-agent", run + "http-" + number, body(number, "http-" + number));
        if (answer.status() == 202) {
            String id = answer.text("/id");
            accepted.put(id, expected("http", number));
            if (number % 4 == 3) {
                toApprove.add(new Asked(id, answer.text("/digest")));
            }
            http.compareAndSet(number, number + 1);
        }
    }

    private void askByKafka() {
        int number = kafka.get();
        if (number < 0) {
            return;
        }
        String key = run + "kafka-" + number;
        // A repetition is the same event, to the byte: the first try may have arrived although nobody said so.
        Intent intent = unacknowledged == null ? intent(key, number) : unacknowledged;
        unacknowledged = intent;
        road.send(Topics.INTENTS, intent.key(), intent.headers(), intent.value());
        unacknowledged = null;
        accepted.put(ActionId.derive(new AgentId(Road.PIPELINE), intent.key()).value(), expected("kafka", number % 3));
        kafka.compareAndSet(number, number + 1);
    }

    private Intent intent(String key, int number) {
        return new Intent(
                key,
                Intents.headers(key),
                Json.write(road.intents(Road.PIPELINE).signed(key, null, body(number % 3, key))));
    }

    private void review() {
        Asked next = toApprove.peek();
        if (next != null) {
            int status = actions.tryToApprove("reviewer", next).status();
            if (status == 201 || status == 409) {
                toApprove.remove();
            }
        }
    }

    private static Expected expected(String door, int number) {
        return new Expected(door, number % 4 == 1 ? "denied" : "allowed", number % 4 == 3);
    }

    /** In turn: allowed, denied, allowed, and one that a person has to approve. */
    private static ObjectNode body(int number, String file) {
        return switch (number % 4) {
            case 1 -> Actions.deletion();
            case 3 -> Actions.export(file);
            default -> Actions.query();
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
