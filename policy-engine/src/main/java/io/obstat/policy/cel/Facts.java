package io.obstat.policy.cel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.values.NullValue;
import io.obstat.contracts.Action;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as the values of the {@link Language}'s variables. What a request does not have is absent, so that reading it fails. */
final class Facts {

    private Facts() {}

    static Map<String, Object> of(ActionRequested request, Instant now) {
        return Map.of(
                Language.ACTION, action(request.action()),
                Language.AGENT, agent(request.verified()),
                Language.CLAIMED, claimed(request.claimed()),
                Language.NOW, now);
    }

    private static Map<String, Object> action(Action action) {
        return Map.of(
                "type", action.type().value(),
                "resource", action.resource(),
                "environment", action.environment(),
                "parameters", value(action.parameters().asTree()));
    }

    private static Map<String, Object> agent(Verified verified) {
        Map<String, Object> agent = new HashMap<>();
        agent.put("id", verified.agent().value());
        agent.put("owner", verified.owner().subject());
        agent.put("method", verified.method().name().toLowerCase(Locale.ROOT));
        putIfPresent(
                agent,
                "onBehalfOf",
                verified.onBehalfOf() == null ? null : verified.onBehalfOf().subject());
        return agent;
    }

    private static Map<String, Object> claimed(Claimed claimed) {
        Map<String, Object> values = new HashMap<>();
        values.put("intent", claimed.intent());
        putIfPresent(values, "run", claimed.run());
        putIfPresent(values, "model", claimed.model());
        putIfPresent(values, "diff", claimed.diff());
        values.put(
                "links",
                claimed.links().stream()
                        .map(link -> Map.of("title", link.title(), "href", link.href()))
                        .toList());
        return values;
    }

    private static void putIfPresent(Map<String, Object> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, Object> object = new HashMap<>();
                node.properties().forEach(field -> object.put(field.getKey(), value(field.getValue())));
                yield object;
            }
            case ARRAY -> {
                List<Object> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(value(element)));
                yield list;
            }
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node.decimalValue());
            case NULL -> NullValue.NULL_VALUE;
            case BINARY, MISSING, POJO ->
                throw new IllegalStateException("JSON as it was read has no %s".formatted(node.getNodeType()));
        };
    }

    /** A whole number is an {@code int} however it was written, so that requests of one digest get one verdict; any other is a {@code double}. */
    private static Object number(BigDecimal number) {
        // Scale first: 1e999999999 must not be written out.
        if (number.signum() == 0) {
            return 0L;
        }
        if (number.precision() - (long) number.scale() > 19) {
            return number.doubleValue();
        }
        BigDecimal shortest = number.stripTrailingZeros();
        if (shortest.scale() > 0) {
            return number.doubleValue();
        }
        BigInteger whole = shortest.toBigInteger();
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : (Object) number.doubleValue();
    }
}
