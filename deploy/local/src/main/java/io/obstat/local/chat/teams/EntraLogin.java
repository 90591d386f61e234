package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.TeamsSettings;
import io.obstat.local.chat.http.Call;
import io.obstat.local.chat.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Entra's token endpoint, for bots. SPEC: RFC 6749 §4.4, and https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
final class EntraLogin {

    private static final String SCOPE = "https://api.botframework.com/.default";
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private final TeamsSettings settings;
    private final InstantSource clock;
    private final Map<String, Instant> issued = new ConcurrentHashMap<>();

    EntraLogin(TeamsSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    Reply answer(Call call) {
        List<String> path = call.path();
        if (path.size() != 5 || !path.subList(2, 5).equals(List.of("oauth2", "v2.0", "token"))) {
            return Reply.text(404, "There is nothing of Entra's at " + call.target());
        }
        if (!call.method().equals("POST")) {
            return refusal(400, "invalid_request", 900561, "The endpoint only accepts POST requests.");
        }
        if (!path.get(1).equals(settings.tenant().toString()) && !path.get(1).equals("botframework.com")) {
            return refusal(400, "invalid_request", 90002, "Tenant '%s' not found.".formatted(path.get(1)));
        }
        Map<String, String> form = call.form();
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return refusal(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        }
        if (!settings.appId().toString().equals(form.get("client_id"))) {
            return refusal(
                    400,
                    "unauthorized_client",
                    700016,
                    "Application with identifier '%s' was not found in the directory."
                            .formatted(form.getOrDefault("client_id", "")));
        }
        if (!settings.appSecret().equals(credential(call, form))) {
            return refusal(401, "invalid_client", 7000215, "Invalid client secret provided.");
        }
        if (!SCOPE.equals(form.get("scope"))) {
            return refusal(400, "invalid_scope", 70011, "The provided value for scope is not valid.");
        }
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("token_type", "Bearer")
                        .put("expires_in", GOOD_FOR.toSeconds())
                        .put("ext_expires_in", GOOD_FOR.toSeconds())
                        .put("access_token", issue()));
    }

    /** In the form, or by HTTP Basic. */
    private static String credential(Call call, Map<String, String> form) {
        Optional<String> basic = call.header("authorization")
                .filter(value -> value.startsWith("Basic "))
                .map(value -> new String(Base64.getDecoder().decode(value.substring(6)), StandardCharsets.UTF_8));
        return basic.map(value -> value.substring(value.indexOf(':') + 1))
                .orElse(form.getOrDefault("client_secret", ""));
    }

    private String issue() {
        String token = "obstat-fake-entra." + UUID.randomUUID();
        issued.put(token, clock.instant().plus(GOOD_FOR));
        return token;
    }

    /** Whether this token was issued here and is still good. */
    boolean isGood(String token) {
        return Optional.ofNullable(issued.get(token))
                .filter(until -> clock.instant().isBefore(until))
                .isPresent();
    }

    /** Forgets all tokens, as when the app's secret is revoked. */
    void revoke() {
        issued.clear();
    }

    private Reply refusal(int status, String error, int code, String description) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error", error);
        body.put("error_description", "AADSTS%d: %s".formatted(code, description));
        body.putArray("error_codes").add(code);
        body.put("timestamp", clock.instant().toString());
        body.put("trace_id", UUID.randomUUID().toString());
        body.put("correlation_id", UUID.randomUUID().toString());
        body.put("error_uri", "https://login.microsoftonline.com/error?code=" + code);
        return Reply.json(status, body);
    }
}
