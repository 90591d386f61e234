package io.obstat.contracts.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.EventType;

/** The AsyncAPI 3.0 document of every topic, from {@link Topics} and {@link EventType}. */
final class AsyncApi {

    private static final String KAFKA_BINDING = "0.5.0";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private AsyncApi() {}

    static String yaml() {
        try {
            return "# Generated from io.obstat.contracts.Topics and EventType; do not edit. "
                    + "Rewrite: ./mvnw -f contracts/pom.xml test -Dobstat.update=true\n"
                    + YAML.writeValueAsString(document());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Obstat events")
                .put("version", "1.0.0")
                .put(
                        "description",
                        "Every Kafka topic of Obstat. Events are CloudEvents 1.0 in Kafka binary mode: attributes in ce_ headers, "
                                + "JSON data as the record value, W3C trace context in the header traceparent.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
        document.put("defaultContentType", "application/json");
        ObjectNode channels = document.putObject("channels");
        Topics.all().forEach(topic -> channels.set(topic.name(), channel(topic)));
        ObjectNode operations = document.putObject("operations");
        for (Topic topic : Topics.all()) {
            operation(operations, topic, topic.writer(), "send");
            topic.readers().stream().sorted().forEach(reader -> operation(operations, topic, reader, "receive"));
        }
        ObjectNode messages = document.putObject("components").putObject("messages");
        for (EventType type : EventType.values()) {
            messages.set(type.record().getSimpleName(), message(type));
        }
        return document;
    }

    private static ObjectNode channel(Topic topic) {
        ObjectNode channel = JsonNodeFactory.instance.objectNode();
        channel.put("address", topic.name());
        channel.put("description", topic.description());
        ObjectNode messages = channel.putObject("messages");
        for (EventType type : topic.events()) {
            String name = type.record().getSimpleName();
            messages.putObject(name).put("$ref", "#/components/messages/" + name);
        }
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("topic", topic.name()).put("partitions", topic.partitions());
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        topic.config().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(setting -> {
                    if (setting.getKey().equals("cleanup.policy")) {
                        configuration.putArray(setting.getKey()).add(setting.getValue());
                    } else {
                        configuration.put(setting.getKey(), Long.parseLong(setting.getValue()));
                    }
                });
        kafka.put("bindingVersion", KAFKA_BINDING);
        channel.put("x-obstat-key", topic.key());
        return channel;
    }

    private static void operation(ObjectNode operations, Topic topic, ServiceName service, String action) {
        operations
                .putObject("%s.%s.%s".formatted(service, action, topic.name()))
                .put("action", action)
                .put("summary", "%s %s %s".formatted(service, action.equals("send") ? "writes" : "reads", topic.name()))
                .putObject("channel")
                .put("$ref", "#/channels/" + topic.name());
    }

    private static ObjectNode message(EventType type) {
        Topic topic = Topics.of(type);
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("name", type.wireName());
        message.put("title", type.record().getSimpleName());
        Javadoc.of(type.record()).text().ifPresent(text -> message.put("summary", text));
        message.put("contentType", "application/json");
        message.set("headers", headers(type, topic));
        ObjectNode payload = message.putObject("payload");
        payload.put("schemaFormat", "application/schema+json;version=draft-2020-12");
        payload.putObject("schema").put("$ref", "./schemas/%s.json".formatted(type.wireName()));
        ObjectNode kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key").put("type", "string").put("description", topic.key());
        kafka.put("bindingVersion", KAFKA_BINDING);
        return message;
    }

    private static ObjectNode headers(EventType type, Topic topic) {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        headers.put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        properties.putObject("ce_specversion").put("type", "string").put("const", "1.0");
        properties
                .putObject("ce_id")
                .put("type", "string")
                .put("description", "Same cause, same id: a redelivered event is recognised by it.");
        ObjectNode source = properties.putObject("ce_source").put("type", "string");
        if (topic.writer() != ServiceName.PIPELINE) {
            source.put("const", topic.writer().urn());
        }
        properties.putObject("ce_type").put("type", "string").put("const", type.wireName());
        properties.putObject("ce_time").put("type", "string").put("format", "date-time");
        properties.putObject("content-type").put("type", "string").put("const", "application/json");
        properties
                .putObject("traceparent")
                .put("type", "string")
                .put("description", "W3C Trace Context, when a trace was begun.");
        headers.putArray("required")
                .add("ce_specversion")
                .add("ce_id")
                .add("ce_source")
                .add("ce_type")
                .add("ce_time");
        return headers;
    }
}
