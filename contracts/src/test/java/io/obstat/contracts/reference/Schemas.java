package io.obstat.contracts.reference;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schemas (2020-12) of the events, from the records: components, their types, nullness and enum names by reflection, descriptions from the
 * javadoc. Unknown fields are allowed, since a newer version may add some.
 */
final class Schemas {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode definitions = JSON.objectNode();

    private Schemas() {}

    static ObjectNode of(EventType type) {
        var schemas = new Schemas();
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:obstat:schema:" + type.wireName());
        schema.put("title", type.record().getSimpleName());
        schema.setAll(schemas.object(type.record()));
        if (!schemas.definitions.isEmpty()) {
            schema.set("$defs", schemas.definitions);
        }
        return schema;
    }

    private ObjectNode object(Class<?> record) {
        Javadoc javadoc = Javadoc.of(record);
        ObjectNode schema = JSON.objectNode();
        javadoc.text().ifPresent(text -> schema.put("description", text));
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        for (RecordComponent component : record.getRecordComponents()) {
            ObjectNode property = schema(component.getGenericType());
            javadoc.parameter(component.getName()).ifPresent(text -> property.put("description", text));
            properties.set(component.getName(), property);
            if (isRequired(component)) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    private ObjectNode schema(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            ObjectNode schema = JSON.objectNode().put("type", "array");
            schema.set("items", schema(list.getActualTypeArguments()[0]));
            return schema;
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return JSON.objectNode().put("type", "string");
        }
        if (plain == int.class) {
            return JSON.objectNode().put("type", "integer");
        }
        if (plain == boolean.class) {
            return JSON.objectNode().put("type", "boolean");
        }
        if (plain == Instant.class) {
            return JSON.objectNode().put("type", "string").put("format", "date-time");
        }
        if (plain == Duration.class) {
            return JSON.objectNode().put("type", "string").put("format", "duration");
        }
        return reference(plain);
    }

    private ObjectNode reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!definitions.has(name)) {
            definitions.putNull(name);
            definitions.set(name, definition(type));
        }
        return JSON.objectNode().put("$ref", "#/$defs/" + name);
    }

    private ObjectNode definition(Class<?> type) {
        ObjectNode schema = JSON.objectNode();
        if (type.isEnum()) {
            Javadoc.of(type).text().ifPresent(text -> schema.put("description", text));
            schema.put("type", "string");
            ArrayNode names = schema.putArray("enum");
            Arrays.stream(type.getEnumConstants()).map(Json::tree).forEach(names::add);
            return schema;
        }
        if (type == Parameters.class) {
            Javadoc.of(type).text().ifPresent(text -> schema.put("description", text));
            return schema.put("type", "object");
        }
        if (!type.isRecord()) {
            throw new IllegalStateException("No schema for %s; tell Schemas how to write it".formatted(type));
        }
        if (isText(type)) {
            Javadoc.of(type).text().ifPresent(text -> schema.put("description", text));
            return schema.put("type", "string").put("pattern", "^(?:" + form(type) + ")$");
        }
        return object(type);
    }

    private static boolean isText(Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        return components.length == 1 && components[0].getAccessor().isAnnotationPresent(JsonValue.class);
    }

    private static String form(Class<?> id) {
        try {
            Field form = id.getDeclaredField("FORM");
            form.setAccessible(true);
            return ((Pattern) form.get(null)).pattern();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(id + " must name its form in a constant FORM", e);
        }
    }

    private static boolean isRequired(RecordComponent component) {
        // A missing list is an empty one.
        return component.getType() != List.class
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
