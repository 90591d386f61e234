package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A system of somebody else's that receives webhooks, and refuses (400) what breaks the Standard Webhooks specification. The first try about
 * an action that {@link #refuseOnce} names is refused with 503.
 */
final class Receiver implements AutoCloseable {

    private static final byte[] KEY = "a key of 24 bytes at least".getBytes(StandardCharsets.UTF_8);
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int ACCEPTED = 204;
    private static final int MALFORMED = 400;
    private static final int BUSY = 503;

    private final HttpServer server;
    private final List<Try> tries = new CopyOnWriteArrayList<>();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final AtomicInteger malformed = new AtomicInteger();

    /** A well-formed message that arrived, and how it was answered. */
    record Try(String id, String body, int status) {

        JsonNode json() {
            return Json.readEvent(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        }

        String type() {
            return json().path("type").asText();
        }

        String action() {
            return json().at("/data/subject/actionId").asText();
        }
    }

    /** @param port 0 for any that is free */
    Receiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/obstat", this::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** The part of the channels file that leads here, as the how-to says; writes the secret that goes beside it. */
    String channels(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("ops.secret"), "whsec_" + Base64.getEncoder().encodeToString(KEY));
        return """
                webhook:
                  allowedHosts:
                    - host: localhost
                      plaintext: true
                      privateAddresses: true
                  endpoints:
                    - id: ops
                      url: http://localhost:%d/obstat
                      secretFile: ops.secret
                """.formatted(server.getAddress().getPort());
    }

    void refuseOnce(String action) {
        refusals.add(action);
    }

    /** Every try about this action, in the order of their arrival. */
    List<Try> about(String action) {
        return tries.stream().filter(one -> one.action().equals(action)).toList();
    }

    /** How many messages broke the specification. */
    int malformed() {
        return malformed.get();
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(answer(exchange.getRequestHeaders(), body), -1);
        exchange.close();
    }

    private int answer(Headers headers, byte[] body) {
        String id = String.valueOf(headers.getFirst("webhook-id"));
        if (!isFresh(headers) || !isSigned(headers, id, body)) {
            malformed.incrementAndGet();
            return MALFORMED;
        }
        var arrived = new Try(id, new String(body, StandardCharsets.UTF_8), ACCEPTED);
        int status = refusals.remove(arrived.action()) ? BUSY : ACCEPTED;
        tries.add(new Try(id, arrived.body(), status));
        return status;
    }

    private static boolean isFresh(Headers headers) {
        String second = String.valueOf(headers.getFirst("webhook-timestamp"));
        return second.matches("[0-9]{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(second)), Instant.now())
                                .abs()
                                .compareTo(WINDOW)
                        <= 0;
    }

    // SPEC: Standard Webhooks, "Verifying webhook authenticity": HMAC-SHA256 over id.timestamp.body.
    private static boolean isSigned(Headers headers, String id, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            mac.update("%s.%s."
                    .formatted(id, headers.getFirst("webhook-timestamp"))
                    .getBytes(StandardCharsets.UTF_8));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.UTF_8),
                    String.valueOf(headers.getFirst("webhook-signature")).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256, this one does not", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
