package io.obstat.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionDigestTest {

    private static final AgentId AGENT = new AgentId("etl-agent");
    private static final Person OWNER = new Person("owner", null);

    @Test
    void shouldNeverChangeForTheSameAction() {
        // Given an action whose digest was approved when this version of the digest was fixed
        // When
        ActionDigest digest = ActionDigest.of(AGENT, OWNER, action("{\"rows\":48210,\"where\":{\"country\":\"DE\"}}"));

        // Then
        assertThat(digest).hasToString("sha256:b77add80eb8317f49f345c343a359331c4f7822a2205cc6c0aead3791bd015d1");
    }

    @Property
    void shouldNotDependOnTheOrderOfKeys(@ForAll("objects") ObjectNode object, @ForAll Random random) {
        // Given
        ObjectNode shuffled = shuffled(object, random);

        // When / Then
        assertThat(digest(shuffled)).isEqualTo(digest(object));
    }

    @Property
    void shouldSurviveWritingAndReading(@ForAll("objects") ObjectNode object) {
        // Given
        Parameters written = Parameters.of(object);

        // When
        Parameters read = Json.readEvent(Json.write(written), Parameters.class);
        Parameters readAgain = Json.readStrict(Json.write(read), Parameters.class);

        // Then
        assertThat(readAgain.canonical()).isEqualTo(written.canonical());
        assertThat(digest(readAgain.asTree())).isEqualTo(digest(object));
    }

    @Property
    void shouldChangeWithAnySingleMutation(
            @ForAll("objects") ObjectNode object, @ForAll("objects") ObjectNode value, @ForAll Random random) {
        // Given
        Action action = new Action(
                new ActionType("data.export"), "postgres://prod/customers", "production", Parameters.of(object));
        ObjectNode changed = object.deepCopy();
        mutate(changed, value, random);

        // When
        List<ActionDigest> digests = List.of(
                ActionDigest.of(AGENT, OWNER, action),
                ActionDigest.of(new AgentId("etl-agent2"), OWNER, action),
                ActionDigest.of(AGENT, null, action),
                ActionDigest.of(AGENT, new Person("owner2", null), action),
                ActionDigest.of(AGENT, OWNER, with(action, new ActionType("data.exports"), null, null)),
                ActionDigest.of(AGENT, OWNER, with(action, null, "postgres://prod/customer", null)),
                ActionDigest.of(AGENT, OWNER, with(action, null, null, "Production")),
                ActionDigest.of(
                        AGENT,
                        OWNER,
                        new Action(action.type(), action.resource(), action.environment(), Parameters.of(changed))));

        // Then
        assertThat(new HashSet<>(digests)).hasSize(digests.size());
    }

    @Test
    void shouldNotDependOnThePersonsSecondIdentity() {
        // Given the same person, known with and without an address
        Action action = action("{}");

        // When / Then
        assertThat(ActionDigest.of(AGENT, new Person("owner", "owner@example.com"), action))
                .isEqualTo(ActionDigest.of(AGENT, OWNER, action));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"x\\udc00\\ud800\"}",
                "{\"\\udfff\":1}",
                "{\"a\":\"\\u0000\"}",
                "{\"\\u0000\":1}"
            })
    void shouldRefuseTextThatCannotBeKept(String json) {
        // Given / When / Then
        assertThatThrownBy(() -> action(json))
                .isInstanceOf(MalformedJsonException.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .containsAnyOf("cannot be stored; remove it", "surrogate in field name"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":1}|a is there twice",
                "{\"a\":1,\"\\u0061\":2}|a is there twice",
                "{\"a\":{\"b\":[0,{\"c\":1,\"d\":2,\"c\":3}]}}|a.b[1].c is there twice"
            })
    void shouldRefuseRepeatedKeysNamingThem(String json, String message) {
        // Given / When / Then
        assertThatThrownBy(() -> action(json))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith(message);
    }

    @Property(tries = 200)
    void shouldNotBeChangedThroughTheTree(@ForAll("objects") ObjectNode object) {
        // Given
        Parameters parameters = Parameters.of(object);
        String before = parameters.canonical();

        // When
        object.put("added", 1);
        parameters.asTree().put("added", 2);

        // Then
        assertThat(Parameters.of(parameters.asTree()).canonical()).isEqualTo(before);
    }

    @Provide
    Arbitrary<ObjectNode> objects() {
        Arbitrary<JsonNode> number = Arbitraries.oneOf(
                Arbitraries.doubles().map(d -> number(shortest(d))),
                Arbitraries.integers().map(i -> number(i.toString())),
                Arbitraries.of("0", "-0.0", "1.50", "1e21", "5e-324", "1.7976931348623157e308")
                        .map(this::number));
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                number,
                Arbitraries.strings()
                        .excludeChars('\0')
                        .ofMaxLength(8)
                        .filter(ActionDigestTest::isUnicode)
                        .map(JsonNodeFactory.instance::textNode),
                Arbitraries.of(true, false).map(JsonNodeFactory.instance::booleanNode),
                Arbitraries.just((JsonNode) JsonNodeFactory.instance.nullNode()));
        Arbitrary<JsonNode> value = Arbitraries.lazyOf(
                () -> leaf,
                () -> leaf,
                () -> leaf.list()
                        .ofMaxSize(4)
                        .map(items -> JsonNodeFactory.instance.arrayNode().addAll(items)),
                () -> object(leaf).map(JsonNode.class::cast));
        return object(value);
    }

    private static Arbitrary<ObjectNode> object(Arbitrary<JsonNode> value) {
        Arbitrary<String> key = Arbitraries.strings()
                .withCharRange('a', 'f')
                .withChars('"', 'é', '\ufb33')
                .ofMinLength(1)
                .ofMaxLength(3);
        return Combinators.combine(
                        key.list().uniqueElements().ofMaxSize(5), value.list().ofSize(5))
                .as((keys, values) -> {
                    ObjectNode object = JsonNodeFactory.instance.objectNode();
                    for (int i = 0; i < keys.size(); i++) {
                        object.set(keys.get(i), values.get(i));
                    }
                    return object;
                });
    }

    private static void mutate(ObjectNode object, ObjectNode value, Random random) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        if (keys.isEmpty() || random.nextInt(3) == 0) {
            object.set("zz", value);
            return;
        }
        String key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(3)) {
            case 0 -> object.remove(key);
            case 1 -> object.set(key + "x", object.remove(key));
            default -> object.set(key, JsonNodeFactory.instance.arrayNode().add(object.get(key)));
        }
    }

    private static ObjectNode shuffled(ObjectNode object, Random random) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        Collections.shuffle(keys, random);
        ObjectNode shuffled = JsonNodeFactory.instance.objectNode();
        for (String key : keys) {
            shuffled.set(key, object.get(key) instanceof ObjectNode child ? shuffled(child, random) : object.get(key));
        }
        return shuffled;
    }

    private JsonNode number(String text) {
        return Json.readStrict(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    static String shortest(double number) {
        String text = String.valueOf(number);
        // Java alone writes the smallest double as 4.9E-324; everyone else, RFC 8785 included, as 5e-324.
        return text.endsWith("4.9E-324") ? text.replace("4.9E", "5E") : text;
    }

    private static Action with(
            Action action, @Nullable ActionType type, @Nullable String resource, @Nullable String environment) {
        return new Action(
                type == null ? action.type() : type,
                resource == null ? action.resource() : resource,
                environment == null ? action.environment() : environment,
                action.parameters());
    }

    static ActionDigest digest(String parameters) {
        return ActionDigest.of(AGENT, OWNER, action(parameters));
    }

    private static ActionDigest digest(ObjectNode parameters) {
        return ActionDigest.of(AGENT, OWNER, new Action(new ActionType("t"), "r", "e", Parameters.of(parameters)));
    }

    static Action action(String parameters) {
        return new Action(
                new ActionType("data.export"),
                "postgres://prod/customers",
                "production",
                Samples.parameters(parameters));
    }
}
