package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The Bot Connector and the token endpoint, strict about what they are sent. What they answer can be scripted. */
final class FakeConnectorService implements AutoCloseable {

    static final String SECRET = "s3cret~with&signs=+%";

    private final HttpServer server;
    private final ObjectMapper json = new ObjectMapper();
    private final Queue<Reply> replies = new ArrayDeque<>();
    private final Queue<Reply> tokenReplies = new ArrayDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<String> violations = new CopyOnWriteArrayList<>();
    final AtomicInteger tokensGiven = new AtomicInteger();
    volatile long expiresIn = 3600;

    record Received(String method, String path, String token, JsonNode body) {}

    /** @param status 0 to hang, -1 to hang up */
    record Reply(int status, String body, Map<String, String> headers) {}

    FakeConnectorService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/teams/v3/conversations", this::converse);
        server.createContext("/tenant/oauth2/v2.0/token", this::token);
        server.createContext("/", exchange -> {
            violations.add(
                    "%s %s is no path of the API".formatted(exchange.getRequestMethod(), exchange.getRequestURI()));
            answer(exchange, new Reply(404, "", Map.of()));
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String origin() {
        return "http://localhost:%d/".formatted(server.getAddress().getPort());
    }

    String serviceUrl() {
        return origin() + "teams/";
    }

    URI tokenUrl() {
        return URI.create(origin() + "tenant/oauth2/v2.0/token");
    }

    void reply(int status, String body, Map<String, String> headers) {
        synchronized (replies) {
            replies.add(new Reply(status, body, headers));
        }
    }

    void replyToken(int status, String body, Map<String, String> headers) {
        synchronized (tokenReplies) {
            tokenReplies.add(new Reply(status, body, headers));
        }
    }

    private void converse(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        Headers headers = exchange.getRequestHeaders();
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        String expected = "Bearer token-" + tokensGiven.get();
        if (!expected.equals(headers.getFirst("authorization"))) {
            violations.add("authorization is " + headers.getFirst("authorization"));
        }
        if (headers.containsKey("cookie")) {
            violations.add("a cookie came: " + headers.getFirst("cookie"));
        }
        if (!method.equals("DELETE") && !"application/json; charset=utf-8".equalsIgnoreCase(type(headers))) {
            violations.add("content-type is " + type(headers));
        }
        if (!path.matches(
                switch (method) {
                    case "POST" -> "/teams/v3/conversations(/[^/]+/activities)?";
                    case "PUT", "DELETE" -> "/teams/v3/conversations/[^/]+/activities/[^/]+";
                    default -> "none";
                })) {
            violations.add("%s %s is no operation of the API".formatted(method, path));
        }
        received.add(new Received(
                method,
                path,
                String.valueOf(headers.getFirst("authorization")),
                bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes)));
        Reply reply = next(replies);
        answer(exchange, reply == null ? new Reply(200, "{\"id\":\"1:default\"}", Map.of()) : reply);
    }

    private static String type(Headers headers) {
        return String.valueOf(headers.getFirst("content-type"));
    }

    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> fields = Arrays.stream(form.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
        Map<String, String> expected = Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                Inbound.BOT.appId(),
                "client_secret",
                SECRET,
                "scope",
                "https://api.botframework.com/.default");
        if (!fields.equals(expected)) {
            violations.add("the token was asked for with " + fields);
        }
        if (!exchange.getRequestMethod().equals("POST")
                || !"application/x-www-form-urlencoded".equals(type(exchange.getRequestHeaders()))) {
            violations.add("the token was asked for by " + exchange.getRequestMethod());
        }
        Reply scripted = next(tokenReplies);
        answer(
                exchange,
                scripted == null
                        ? new Reply(
                                200,
                                "{\"token_type\":\"Bearer\",\"expires_in\":%d,\"ext_expires_in\":3600,\"access_token\":\"token-%d\"}"
                                        .formatted(expiresIn, tokensGiven.incrementAndGet()),
                                Map.of())
                        : scripted);
    }

    private static @Nullable Reply next(Queue<Reply> queue) {
        synchronized (queue) {
            return queue.poll();
        }
    }

    private void answer(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            if (reply.status() == 0) {
                closing.await();
            }
            if (reply.status() <= 0) {
                return;
            }
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json; charset=utf-8");
            exchange.getResponseHeaders().set("set-cookie", "affinity=1");
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
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
