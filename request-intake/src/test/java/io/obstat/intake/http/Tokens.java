package io.obstat.intake.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.eclipse.microprofile.config.ConfigProvider;

/** Bearer tokens of the test's issuer. */
final class Tokens {

    private final String issuer = ConfigProvider.getConfig().getValue("quarkus.oidc.auth-server-url", String.class);

    /** Claims of an agent that acts for itself, good for ten minutes: a test may be slow, and none is about that. */
    ObjectNode agent(String id) {
        ObjectNode claims = claims(id);
        claims.putArray("groups").add("agents");
        return claims;
    }

    /** Claims of a person in these groups. */
    ObjectNode person(String subject, String... groups) {
        ObjectNode claims = claims(subject).put("email", subject + "@example.com");
        var array = claims.putArray("groups");
        for (String group : groups) {
            array.add(group);
        }
        return claims;
    }

    /** SPEC: RFC 8693 §4.1. */
    ObjectNode onBehalfOf(String subject, String agent) {
        ObjectNode claims = person(subject);
        claims.putObject("act").put("sub", agent);
        return claims;
    }

    String sign(ObjectNode claims) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(issuer + "/sign"))
                                    .POST(BodyPublishers.ofByteArray(Json.write(claims)))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private ObjectNode claims(String subject) {
        long now = Instant.now().getEpochSecond();
        return JsonNodeFactory.instance
                .objectNode()
                .put("iss", issuer)
                .put("sub", subject)
                .put("aud", "obstat")
                .put("iat", now)
                .put("exp", now + 600);
    }
}
