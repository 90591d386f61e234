package io.obstat.local.chat.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.SlackSettings;
import io.obstat.local.chat.http.Call;
import io.obstat.local.chat.http.Rate;
import io.obstat.local.chat.http.RateLimits;
import io.obstat.local.chat.http.Reply;
import io.obstat.local.chat.shape.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The Web API: who may call, how often, and which method it is. */
final class SlackMethods {

    /** A method: takes arguments, gives what is answered beside {@code ok}. */
    interface Method extends Function<Arguments, ObjectNode> {}

    private static final String APP_TOKEN_METHOD = "apps.connections.open";

    /** The others read forms only. SPEC: https://docs.slack.dev/apis/web-api, "Methods supporting JSON POSTs". */
    private static final Set<String> TAKE_JSON = Set.of(
            "auth.test",
            "chat.postMessage",
            "chat.update",
            "chat.postEphemeral",
            "chat.delete",
            "conversations.open",
            "views.open",
            "views.update",
            APP_TOKEN_METHOD);

    /** SPEC: https://docs.slack.dev/apis/web-api/rate-limits, tiers 2 to 4, and the special one of chat.postMessage: a message a second a channel. */
    private static final Map<String, Rate> RATES = Map.ofEntries(
            Map.entry("chat.postMessage", new Rate(4, Duration.ofSeconds(1))),
            Map.entry("chat.update", Rate.perMinute(50)),
            Map.entry("chat.delete", Rate.perMinute(50)),
            Map.entry("chat.postEphemeral", Rate.perMinute(100)),
            Map.entry("conversations.open", Rate.perMinute(50)),
            Map.entry("conversations.history", Rate.perMinute(50)),
            Map.entry("conversations.replies", Rate.perMinute(50)),
            Map.entry("users.info", Rate.perMinute(100)),
            Map.entry("users.lookupByEmail", Rate.perMinute(50)),
            Map.entry("usergroups.users.list", Rate.perMinute(20)),
            Map.entry("views.open", Rate.perMinute(100)),
            Map.entry("views.update", Rate.perMinute(100)));

    private final SlackSettings settings;
    private final RateLimits limits;
    private final Map<String, Method> methods = new HashMap<>();

    SlackMethods(SlackSettings settings, RateLimits limits, List<Map<String, Method>> some) {
        this.settings = settings;
        this.limits = limits;
        some.forEach(methods::putAll);
    }

    Reply call(String name, Call call) {
        try {
            Method method = methods.get(name);
            if (method == null) {
                throw new SlackError("unknown_method");
            }
            Arguments arguments = Arguments.of(call, TAKE_JSON.contains(name));
            authenticate(name, call, arguments);
            Optional<Duration> wait = rate(name, arguments);
            if (wait.isPresent()) {
                return Reply.json(429, refusal(new SlackError("ratelimited"))).retryAfter(wait.get());
            }
            ObjectNode answer = JsonNodeFactory.instance.objectNode().put("ok", true);
            answer.setAll(method.apply(arguments));
            return Reply.json(200, answer);
        } catch (SlackError e) {
            return Reply.json(200, refusal(e));
        }
    }

    private void authenticate(String name, Call call, Arguments arguments) {
        String token = call.bearer().or(() -> arguments.text("token")).orElseThrow(() -> new SlackError("not_authed"));
        boolean forApp = name.equals(APP_TOKEN_METHOD);
        String right =
                forApp ? settings.secrets().appToken() : settings.secrets().botToken();
        String wrongKind =
                forApp ? settings.secrets().botToken() : settings.secrets().appToken();
        if (token.equals(wrongKind)) {
            throw new SlackError("not_allowed_token_type");
        }
        if (!token.equals(right)) {
            throw new SlackError("invalid_auth");
        }
    }

    private Optional<Duration> rate(String name, Arguments arguments) {
        Rate rate = RATES.get(name);
        if (!settings.rateLimited() || rate == null) {
            return Optional.empty();
        }
        String key = name.equals("chat.postMessage")
                ? name + " " + arguments.text("channel").orElse("")
                : name;
        return limits.take(key, rate);
    }

    private static ObjectNode refusal(SlackError error) {
        ObjectNode answer =
                JsonNodeFactory.instance.objectNode().put("ok", false).put("error", error.code());
        if (!error.faults().isEmpty()) {
            ArrayNode errors = JsonNodeFactory.instance.arrayNode();
            ArrayNode messages = JsonNodeFactory.instance.arrayNode();
            for (Fault fault : error.faults()) {
                String message = fault.pointer().isEmpty()
                        ? fault.message()
                        : "%s [json-pointer:%s]".formatted(fault.message(), fault.pointer());
                errors.add(message);
                messages.add("[ERROR] " + message);
            }
            answer.set("errors", errors);
            answer.putObject("response_metadata").set("messages", messages);
        }
        return answer;
    }
}
