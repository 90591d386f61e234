package io.obstat.notifier.webhook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A receiver as strict as the specification asks: it checks the signature over the raw body with code of its own, the five-minute window, and
 * recognises a repeat by {@code webhook-id}. What it answers can be scripted.
 */
public final class FakeReceiver implements AutoCloseable {

    public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final HttpServer server;
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<Delivered> tries = new CopyOnWriteArrayList<>();
    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** A try that reached the receiver. */
    public record Delivered(String id, String path, String body) {}

    /**
     * @param about what the body has to contain for this answer to be given
     * @param hang whether no answer is given at all
     */
    private record Answer(String about, int status, Map<String, String> headers, boolean hang) {}

    public FakeReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI url() {
        return URI.create(
                "http://localhost:%d/hook?team=a".formatted(server.getAddress().getPort()));
    }

    /** The next try whose body contains this is answered so; those after it get the next answer, and 204 when there is none. */
    public void answerNext(String about, int status, Map<String, String> headers) {
        answers.add(new Answer(about, status, headers, false));
    }

    /** The next try whose body contains this is not answered. */
    public void hangNext(String about) {
        answers.add(new Answer(about, 0, Map.of(), true));
    }

    /** What broke the specification; empty when nothing did. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** Every try, answered well or not. */
    public List<Delivered> tries() {
        return List.copyOf(tries);
    }

    /** The body of each message that was taken, by id. */
    public Map<String, String> accepted() {
        return Map.copyOf(accepted);
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Headers headers = exchange.getRequestHeaders();
        String id = String.valueOf(headers.getFirst("webhook-id"));
        verify(headers, id, body);
        tries.add(new Delivered(id, exchange.getRequestURI().toString(), new String(body, StandardCharsets.UTF_8)));
        Answer answer = next(new String(body, StandardCharsets.UTF_8));
        if (answer != null && answer.hang()) {
            await();
            exchange.close();
            return;
        }
        int status = 204;
        if (answer != null) {
            status = answer.status();
            answer.headers().forEach(exchange.getResponseHeaders()::set);
        }
        if (status / 100 == 2) {
            accept(id, new String(body, StandardCharsets.UTF_8));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private synchronized @Nullable Answer next(String body) {
        for (Answer answer : answers) {
            if (body.contains(answer.about())) {
                answers.remove(answer);
                return answer;
            }
        }
        return null;
    }

    private void accept(String id, String body) {
        String before = accepted.putIfAbsent(id, body);
        if (before != null && !before.equals(body)) {
            violations.add("message %s came again with another body".formatted(id));
        }
    }

    private void verify(Headers headers, String id, byte[] body) {
        if (!id.matches("msg_[a-z2-7]{26}")) {
            violations.add("webhook-id is " + id);
        }
        String second = String.valueOf(headers.getFirst("webhook-timestamp"));
        if (!second.matches("[0-9]+")
                || Duration.between(Instant.ofEpochSecond(Long.parseLong(second)), Instant.now())
                                .abs()
                                .compareTo(WINDOW)
                        > 0) {
            violations.add("webhook-timestamp is " + second);
        }
        if (!signed(headers.getFirst("webhook-signature"), id + "." + second + ".", body)) {
            violations.add("webhook-signature of %s does not fit".formatted(id));
        }
        if (!"application/json".equals(headers.getFirst("content-type"))) {
            violations.add("content-type is " + headers.getFirst("content-type"));
        }
    }

    private static boolean signed(@Nullable String signature, String prefix, byte[] body) {
        if (signature == null || !signature.startsWith("v1,")) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = Base64.getDecoder().decode(SECRET.substring("whsec_".length()));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            byte[] expected = mac.doFinal(body);
            return MessageDigest.isEqual(expected, Base64.getDecoder().decode(signature.substring("v1,".length())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
