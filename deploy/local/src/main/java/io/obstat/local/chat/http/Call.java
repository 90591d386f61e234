package io.obstat.local.chat.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param method such as POST
 * @param target path and query, as they were sent
 * @param headers by their names in lower case
 * @param body as it was sent
 */
public record Call(String method, String target, Map<String, String> headers, Body body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The bytes of a body. */
    public record Body(byte[] bytes) {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public int size() {
            return bytes.length;
        }
    }

    /** The parts of the path, decoded; an empty one at the end is left out. */
    public List<String> path() {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        return Arrays.stream(path.substring(1).split("/"))
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    public Map<String, String> query() {
        int start = target.indexOf('?');
        return start < 0 ? Map.of() : form(target.substring(start + 1));
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The bearer token; empty when there is none. */
    public Optional<String> bearer() {
        return header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .filter(value -> !value.isEmpty());
    }

    public boolean isJson() {
        return header("content-type").orElse("").toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    public boolean isForm() {
        return header("content-type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("application/x-www-form-urlencoded");
    }

    /** The body as JSON; missing when it is none. */
    public JsonNode json() {
        return json(body.bytes());
    }

    /** The text as JSON; missing when it is none. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The body as a form; empty when it is none. */
    public Map<String, String> form() {
        return isForm() ? form(body.text()) : Map.of();
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : text.split("&")) {
            int at = field.indexOf('=');
            if (!field.isEmpty()) {
                fields.put(
                        decoded(at < 0 ? field : field.substring(0, at)),
                        at < 0 ? "" : decoded(field.substring(at + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
