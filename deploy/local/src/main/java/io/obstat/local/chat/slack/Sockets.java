package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.http.Call;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Socket Mode. SPEC: https://docs.slack.dev/apis/events-api/using-socket-mode. Safe for use by several threads. */
final class Sockets {

    static final String PATH = "/slack/link";

    // SPEC: at most ten connections an app.
    private static final int MOST = 10;

    private static final int SECONDS_OF_A_CONNECTION = 3_600;

    private final String appId;
    private final Supplier<String> url;
    private final Set<String> tickets = ConcurrentHashMap.newKeySet();
    private final List<ServerWebSocket> open = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<String>> awaited = new ConcurrentHashMap<>();

    Sockets(String appId, Supplier<String> url) {
        this.appId = appId;
        this.url = url;
    }

    Map<String, SlackMethods.Method> methods() {
        return Map.of("apps.connections.open", arguments -> ticket());
    }

    private ObjectNode ticket() {
        String ticket = UUID.randomUUID().toString();
        tickets.add(ticket);
        String address = url.get().replaceFirst("^http", "ws") + PATH + "?ticket=" + ticket + "&app_id=" + appId;
        return object().put("url", address);
    }

    /** Takes a connection that brings a ticket which was not used. */
    void connect(ServerWebSocket socket) {
        String ticket = new Call("GET", socket.uri(), Map.of(), new Call.Body(new byte[0]))
                .query()
                .getOrDefault("ticket", "");
        if (!PATH.equals(socket.path()) || !tickets.remove(ticket) || open.size() >= MOST) {
            socket.reject(403);
            return;
        }
        socket.textMessageHandler(this::read);
        socket.closeHandler(closed -> open.remove(socket));
        open.add(socket);
        ObjectNode hello = object().put("type", "hello").put("num_connections", open.size());
        hello.putObject("connection_info").put("app_id", appId);
        hello.putObject("debug_info")
                .put("host", "applink-local")
                .put("build_number", 1)
                .put("approximate_connection_time", SECONDS_OF_A_CONNECTION);
        socket.writeTextMessage(hello.toString());
    }

    private void read(String message) {
        JsonNode acknowledgement = Call.json(message);
        CompletableFuture<String> answer =
                awaited.remove(acknowledgement.path("envelope_id").asText());
        if (answer != null) {
            JsonNode payload = acknowledgement.path("payload");
            answer.complete(payload.isMissingNode() || payload.isNull() ? "" : payload.toString());
        }
    }

    boolean anyOpen() {
        return !open.isEmpty();
    }

    int size() {
        return open.size();
    }

    /** Sends the payload through one of the sockets, and waits until it is acknowledged. */
    SlackAnswer send(ObjectNode payload) {
        String id = UUID.randomUUID().toString();
        boolean takesAnswer = payload.path("type").asText().equals("view_submission");
        ObjectNode envelope = object();
        envelope.set("payload", payload);
        envelope.put("envelope_id", id).put("type", "interactive").put("accepts_response_payload", takesAnswer);
        CompletableFuture<String> answer = new CompletableFuture<>();
        awaited.put(id, answer);
        long begun = System.nanoTime();
        try {
            open.getFirst().writeTextMessage(envelope.toString());
            String body = answer.get(Deliveries.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new SlackAnswer(200, Deliveries.since(begun), body, null);
        } catch (TimeoutException | ExecutionException e) {
            return failed(begun, "Not acknowledged");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(begun, "Interrupted");
        } finally {
            awaited.remove(id);
        }
    }

    private static SlackAnswer failed(long begun, String why) {
        Duration took = Deliveries.since(begun);
        return new SlackAnswer(0, took, why, Deliveries.TROUBLE);
    }

    /** Says goodbye, for this reason, and closes all; the app is to come back at once. */
    void disconnect(String reason) {
        ObjectNode goodbye = object().put("type", "disconnect").put("reason", reason);
        goodbye.putObject("debug_info").put("host", "applink-local");
        for (ServerWebSocket socket : open) {
            socket.writeTextMessage(goodbye.toString());
            socket.close();
        }
    }

    /** Closes all without a word, as when the network goes. */
    void drop() {
        open.forEach(ServerWebSocket::close);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
