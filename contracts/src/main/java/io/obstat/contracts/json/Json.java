package io.obstat.contracts.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The two ways in which Obstat reads JSON. Both keep numbers as written, refuse a repeated key, trailing text, bytes that are not UTF-8
 * and a value of another type; {@link #strict()} also refuses a field it does not know (input from outside), {@link #events()}
 * passes over it (events of a newer version).
 */
public final class Json {

    private static final ObjectMapper STRICT =
            mapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final ObjectMapper EVENTS =
            mapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Json() {}

    /** For input from outside. Shared; do not reconfigure. */
    public static ObjectMapper strict() {
        return STRICT;
    }

    /** For events. Shared; do not reconfigure. */
    public static ObjectMapper events() {
        return EVENTS;
    }

    /**
     * Reads input from outside.
     *
     * @throws MalformedJsonException naming the field, what is wrong with it and what to do
     */
    public static <T> T readStrict(byte[] json, Class<T> type) {
        return read(STRICT, json, type);
    }

    /**
     * Reads an event's data.
     *
     * @throws MalformedJsonException naming the field, what is wrong with it and what to do
     */
    public static <T> T readEvent(byte[] json, Class<T> type) {
        return read(EVENTS, json, type);
    }

    /**
     * Reads an event's data from a tree.
     *
     * @throws MalformedJsonException naming the field, what is wrong with it and what to do
     */
    public static <T> T readEvent(JsonNode tree, Class<T> type) {
        try {
            return EVENTS.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw Explanation.of(e);
        }
    }

    /** Writes JSON in UTF-8, nulls left out, instants as ISO 8601 in UTC, durations as ISO 8601. */
    public static byte[] write(Object value) {
        try {
            return EVENTS.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "Not writable as JSON: " + value.getClass().getName(), e);
        }
    }

    private static <T> T read(ObjectMapper mapper, byte[] json, Class<T> type) {
        requireUtf8(json);
        try {
            T value = mapper.readValue(json, type);
            if (value == null) {
                throw new MalformedJsonException("", "The document is null; send a JSON object");
            }
            return value;
        } catch (IOException e) {
            throw Explanation.of(e);
        }
    }

    private static void requireUtf8(byte[] json) {
        if (isAscii(json)) {
            return;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("", "The document is not UTF-8; encode it as UTF-8 (RFC 8259 §8.1)");
        }
    }

    private static boolean isAscii(byte[] text) {
        for (byte b : text) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    private static JsonMapper.Builder mapper() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(Times.module())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                });
    }

    /** A tree of a value, as it would be written. */
    public static JsonNode tree(Object value) {
        return EVENTS.valueToTree(value);
    }
}
