package io.obstat.notifier.quarkus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.TeamsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** decision-service as far as the notifier asks it: everybody's agent is the owner's, and reviewer and second-reviewer are asked. */
final class FakeDecisionService implements AutoCloseable {

    private static final String NOT_YET =
            "{\"type\":\"urn:obstat:problem:not-found\",\"title\":\"There is no such thing here\",\"status\":404}";

    private final HttpServer server;
    private final AtomicInteger behind = new AtomicInteger();

    FakeDecisionService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/approvals/", this::answer);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** The next questions come before it has read what the notifier has. */
    void behind(int questions) {
        behind.set(questions);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String path = exchange.getRequestURI().getPath();
        if (!isNotifier(authorization)) {
            send(exchange, 403, "{}");
        } else if (behind.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            send(exchange, 404, NOT_YET);
        } else if (path.endsWith("/audience")) {
            send(exchange, 200, audience());
        } else {
            send(exchange, 200, standing(exchange.getRequestURI().getQuery()));
        }
    }

    private static boolean isNotifier(String authorization) {
        try {
            return SignedJWT.parse(authorization.replaceFirst("^Bearer ", ""))
                    .getJWTClaimsSet()
                    .getStringListClaim("groups")
                    .contains("notifiers");
        } catch (ParseException e) {
            return false;
        }
    }

    private static String audience() {
        ObjectNode audience = JsonNodeFactory.instance.objectNode();
        for (Persona person : List.of(Persona.REVIEWER, Persona.SECOND_REVIEWER)) {
            ObjectNode asked = audience.withArray("people").addObject().put("id", person.name());
            asked.putArray("groups").add("data-governance");
            asked.set("keys", keys(person));
        }
        audience.set("requester", keys(Persona.OWNER));
        return audience.toString();
    }

    private static ObjectNode keys(Persona person) {
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        keys.putArray("slack").add("T0OBSTAT/" + person.slackId());
        keys.putArray("entra").add(TeamsSettings.TENANT + "/" + person.entraId());
        keys.putArray("email").add(person.email());
        return keys;
    }

    private static String standing(String query) {
        ObjectNode standing = JsonNodeFactory.instance.objectNode();
        boolean owner =
                query.equals("authority=entra:%s&subject=%s".formatted(TeamsSettings.TENANT, Persona.OWNER.entraId()));
        standing.put("why", owner ? "You own etl-agent, so you cannot approve its requests." : "You can decide.");
        standing.putArray("verbs");
        if (!owner) {
            List.of("approve", "reject", "claim", "ask").forEach(standing.withArray("verbs")::add);
        }
        return standing.toString();
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
