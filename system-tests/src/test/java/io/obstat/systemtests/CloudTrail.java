package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** CloudTrail records as requests: what an agent would have asked before it did this. */
final class CloudTrail {

    private static final ObjectMapper JSON = Json.events();

    private CloudTrail() {}

    /**
     * A request made of a record.
     *
     * @param name file and number, for messages
     * @param technique the attack that the record was recorded in
     */
    record Recorded(String name, String technique, ObjectNode action) {}

    /** Every record of every file, in order. */
    static List<Recorded> read(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .flatMap(CloudTrail::records)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Recorded> records(Path file) {
        JsonNode document;
        try {
            document = JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String technique = file.getFileName().toString().replace(".json", "");
        JsonNode records = document.has("Records") ? document.path("Records") : document;
        List<JsonNode> list = records.isArray()
                ? StreamSupport.stream(records.spliterator(), false).toList()
                : List.of(records);
        return IntStream.range(0, list.size())
                .mapToObj(i -> new Recorded(technique + "#" + i, technique, action(technique, list.get(i))));
    }

    private static ObjectNode action(String technique, JsonNode record) {
        ObjectNode action = JsonNodeFactory.instance.objectNode();
        String service = record.path("eventSource").asText().replace(".amazonaws.com", "");
        JsonNode parameters = record.path("requestParameters");
        action.put(
                "type", "aws.%s.%s".formatted(service, record.path("eventName").asText()));
        action.put("resource", resource(record, parameters));
        action.put("environment", "production");
        action.set("parameters", parameters.isObject() ? parameters : JsonNodeFactory.instance.objectNode());
        action.put("intent", "recorded during " + technique);
        return action;
    }

    /** The first ARN that the record names, else the first name among its inputs, else the account. */
    private static String resource(JsonNode record, JsonNode parameters) {
        for (JsonNode arn : record.findValues("ARN")) {
            return arn.asText();
        }
        String named = first(parameters, "(?i).*arn");
        if (named.isEmpty()) {
            named = first(parameters, "(?i).*(name|id)");
        }
        return named.isEmpty()
                ? "aws:account:" + record.path("recipientAccountId").asText()
                : named;
    }

    private static String first(JsonNode node, String field) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (entry.getKey().matches(field)
                        && entry.getValue().isTextual()
                        && !entry.getValue().asText().isBlank()) {
                    return entry.getValue().textValue();
                }
            }
        }
        for (JsonNode child : node) {
            String found = first(child, field);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }
}
