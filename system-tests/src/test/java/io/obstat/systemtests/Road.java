package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.obstat.contracts.Topic;
import io.obstat.contracts.json.Json;
import io.obstat.local.Directories;
import io.obstat.local.LocalStack;
import io.obstat.local.Part;
import io.obstat.local.PartName;
import io.obstat.local.Ports;
import io.obstat.local.Progress;
import io.obstat.local.StackFiles;
import io.obstat.local.StackSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The whole of Obstat as it runs in production, on free ports, and every way to it from outside. One for all tests of a run. */
final class Road implements AutoCloseable {

    /** The agent that asks over Kafka; {@code deploy/local} makes its key. */
    static final String PIPELINE = "nightly-pipeline";

    private static final Duration CALL = Duration.ofSeconds(75);
    private static final int ACKNOWLEDGED_WITHIN_S = 70;
    private static final int KEPT = 20_000;
    private static final int KEPT_RECEIVER = 29_000;

    private final @Nullable Path home;
    private final Foundation foundation;
    private final LocalStack stack;
    private final Told told;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Tokens tokens;
    private final TopicLog topics;
    private final KafkaProducer<String, byte[]> producer;

    /** Whom the notifier tells. */
    private record Told(Receiver receiver, Chats chats) {}

    private Road(@Nullable Path home, Foundation foundation, LocalStack stack, Told told) {
        this.home = home;
        this.foundation = foundation;
        this.stack = stack;
        this.told = told;
        String servers = stack.endpoints().bootstrapServers();
        tokens = new Tokens(client, stack.endpoints().issuer());
        topics = new TopicLog(servers);
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "acks",
                        "all",
                        "delivery.timeout.ms",
                        "60000",
                        "request.timeout.ms",
                        "5000",
                        "linger.ms",
                        "0",
                        // So that a record of megabytes passes the broker, as anybody may send one.
                        "compression.type",
                        "gzip",
                        "max.request.size",
                        "16777216"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /**
     * A road of its own in a temporary home; or, when {@code obstat.home} names one, the road that was left running there: for whoever writes
     * a test and does not want to wait for the start each time.
     */
    static Road start() {
        try {
            String given = System.getProperty("obstat.home", "");
            Path home = given.isEmpty()
                    ? Files.createTempDirectory("obstat-system-tests")
                    : Files.createDirectories(Path.of(given));
            Foundation foundation = given.isEmpty() ? Foundation.choose() : new Foundation.Embedded();
            Receiver receiver = new Receiver(given.isEmpty() ? 0 : KEPT_RECEIVER);
            StackSpec isolated = StackSpec.isolated(Repository.root(), home).with(foundation.infrastructure());
            StackSpec spec = (given.isEmpty()
                            ? isolated
                            : isolated.with(Ports.standard().shiftedBy(KEPT)))
                    .withNotifierAtFakeChat()
                    .withEnvironment(
                            PartName.NOTIFIER,
                            "OBSTAT_NOTIFIER_CHANNELS_FILE",
                            channels(home, receiver).toString())
                    // So that what was refused once need not be waited for.
                    .withEnvironment(PartName.NOTIFIER, "OBSTAT_NOTIFIER_RETRY_FIRST", "500ms");
            Chats chats = Chats.start(spec);
            LocalStack stack = LocalStack.of(spec);
            long begun = System.nanoTime();
            stack.start(Progress.SILENT);
            System.out.printf(
                    "Road: %s, ready in %.1f s, home %s%n",
                    foundation.describe(),
                    Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0,
                    home);
            return new Road(given.isEmpty() ? home : null, foundation, stack, new Told(receiver, chats));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Webhooks, and the chats as they are shipped; no mails, as a digest is told minutes after what it tells. */
    private static Path channels(Path home, Receiver receiver) throws IOException {
        String chats = Files.readString(new Directories(Repository.root(), home).shipped("channels-fake-chat.yaml"));
        return Files.writeString(
                home.resolve("channels.yaml"), receiver.channels(home) + chats.replaceAll(", 'email:[^']*'", ""));
    }

    /** What can be killed: every part that is a process of ours but the issuer, which is only the local stand-in for one. */
    List<String> parts() {
        return stack.parts().stream()
                .map(Part::name)
                .filter(name -> name != PartName.ISSUER)
                .map(PartName::label)
                .toList();
    }

    void kill(String part) {
        stack.part(part).kill();
    }

    /** Starts the part again and waits until it is ready. */
    void restart(String part) {
        stack.part(part).start();
    }

    /** @param service {@code intake}, {@code decisions}, {@code notifier}, {@code policy} or {@code ledger} */
    URI address(String service) {
        PartName part = switch (service) {
            case "intake" -> PartName.REQUEST_INTAKE;
            case "decisions" -> PartName.DECISION_SERVICE;
            case "notifier" -> PartName.NOTIFIER;
            case "policy" -> PartName.POLICY_ENGINE;
            case "ledger" -> PartName.AUDIT_LEDGER;
            default -> throw new IllegalArgumentException("There is no service " + service);
        };
        return URI.create(stack.endpoints().url(part));
    }

    /** Is told by the notifier. */
    Receiver receiver() {
        return told.receiver();
    }

    /** Where people are asked. */
    Chats chats() {
        return told.chats();
    }

    TopicLog topics() {
        return topics;
    }

    /** Writes intents as this agent, with the key that the local registry knows. */
    Intents intents(String agent) {
        try {
            byte[] jwk = Files.readAllBytes(stack.directories().keys().resolve(agent + ".jwk"));
            return Intents.of(agent, Json.events().readTree(jwk));
        } catch (IOException e) {
            throw new UncheckedIOException("No key for " + agent, e);
        }
    }

    /** Writes a record and waits for the broker's acknowledgement. */
    void send(Topic topic, String key, Map<String, String> headers, byte[] value) {
        send(new ProducerRecord<>(topic.name(), key, value), headers);
    }

    /** The same into this partition. */
    void send(Topic topic, int partition, String key, Map<String, String> headers, byte[] value) {
        send(new ProducerRecord<>(topic.name(), partition, key, value), headers);
    }

    private void send(ProducerRecord<String, byte[]> record, Map<String, String> headers) {
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get(ACKNOWLEDGED_WITHIN_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Not acknowledged by the broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @param who see {@link Tokens#of}; nobody when null */
    Answer call(
            @Nullable String who, String method, URI address, Map<String, String> headers, @Nullable JsonNode body) {
        return exchange(who, method, address, headers, body == null ? null : Json.write(body));
    }

    /** Posts these bytes as JSON, whatever they are. */
    Answer post(String who, URI address, Map<String, String> headers, byte[] body) {
        return exchange(who, "POST", address, headers, body);
    }

    private Answer exchange(
            @Nullable String who, String method, URI address, Map<String, String> headers, byte @Nullable [] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(CALL)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("content-type", "application/json");
        }
        if (who != null) {
            request.header("authorization", "Bearer " + tokens.of(who));
        }
        headers.forEach(request::header);
        try {
            return answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s".formatted(method, address), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Answer(response.statusCode(), Map.copyOf(headers), json(response.body()));
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.events().readTree(body);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The types of the events in the ledger's timeline of this action; empty when it does not know the action. */
    List<String> timeline(String action) {
        Answer answer = call(
                        "auditor", "GET", address("ledger").resolve("/v1/ledger/actions/" + action), Map.of(), null)
                .require(200, 404);
        return StreamSupport.stream(answer.body().path("entries").spliterator(), false)
                .map(entry -> entry.path("type").asText())
                .toList();
    }

    @Override
    public void close() throws Exception {
        topics.close();
        producer.close(Duration.ofSeconds(2));
        keepLogs();
        told.receiver().close();
        if (home != null) {
            stack.close();
            foundation.close();
            StackFiles.deleteAll(home);
        }
        told.chats().close();
    }

    /** The logs of every part stay behind as an artifact of the run. */
    private void keepLogs() throws IOException {
        Path kept = Files.createDirectories(Repository.artifacts().resolve("logs"));
        for (Part part : stack.parts()) {
            Path log = stack.directories().log(part.name());
            if (Files.exists(log)) {
                Files.copy(log, kept.resolve(log.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
