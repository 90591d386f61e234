package io.obstat.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Samples;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    /** Where in an {@code ActionRequested}, what is put there, what is said about it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/colour          | \"red\"            | colour is not a known field; remove it, or use one of",
                "/action/colour   | \"red\"            | action.colour is not a known field; remove it, or use one of",
                "/action          | \"x\"              | action must be an object",
                "/action          | [1]                | action must be an object",
                "/action/resource | 7                  | action.resource must be a string",
                "/action/resource | {}                 | action.resource must be a string",
                "/action/resource | null               | action.resource is missing; give it a value",
                "/action/resource | \"  \"             | action.resource is blank; give it a value",
                "/action/resource | \"\\u0000\"        | action.resource holds U+0000, which cannot be stored; remove it",
                "/action/resource | \"\\ud800\"        | action.resource holds the lone surrogate \\ud800, which cannot be stored",
                "/action/type     | 7                  | action.type must be a string",
                "/action/type     | \"a b\"            | action.type is not acceptable: ActionType must match",
                "/action/parameters | 7                | action.parameters must be a JSON object; wrap the value",
                "/action/parameters | {\"a\":{\"b\":[1e999]}} | action.parameters.a.b[0] is the number 1E+999, which does not",
                "/claimed/links   | {}                 | claimed.links must be an array",
                "/claimed/links   | [null]             | claimed.links[0] is missing; give it a value",
                "/claimed/links   | [{\"title\":\"t\",\"href\":\"ftp://x\"}] | claimed.links[0].href must be an http or https address",
                "/verified/method | \"OIDC\"           | verified.method must be one of [oidc, jws], got \"OIDC\"",
                "/verified/method | 0                  | verified.method must be one of [oidc, jws]",
                "/verified/method | \"\"               | verified.method must be one of [oidc, jws], got \"\"",
                "/requestedAt     | 1763802000         | requestedAt must be a string such as \"2026-01-31T12:00:00Z\"",
                "/requestedAt     | 1e1000000000       | requestedAt must be a string such as \"2026-01-31T12:00:00Z\"",
                "/requestedAt     | \"tomorrow\"       | requestedAt is \"tomorrow\", which is no RFC 3339 time",
                "/requestedAt     | \"+1000000000-12-31T23:59:59Z\" | requestedAt is \"+1000000000-12-31T23:59:59Z\", which is no RFC 3339",
                "/requestedAt     | \"\"               | requestedAt is \"\", which is no RFC 3339 time",
                "/digest          | \"sha256:1\"       | digest is not acceptable: ActionDigest must match",
                "/digest          | null               | digest is missing; give it a value",
                "/action/environment | \"staging\"     | digest is not the digest of the action; recompute it"
            })
    void shouldNameTheFieldAndTheRemedy(String pointer, String value, String message) {
        // Given a good request with one thing wrong
        ObjectNode request = (ObjectNode) Json.tree(Samples.requested());
        int cut = pointer.lastIndexOf('/');
        ((ObjectNode) request.at(pointer.substring(0, cut))).set(pointer.substring(cut + 1), tree(value));

        // When / Then
        assertThatThrownBy(() -> Json.readStrict(Json.write(request), ActionRequested.class))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("java.")
                .hasMessageNotContaining("io.obstat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/requirement/slots/1/approvals | \"1\"  | requirement.slots[1].approvals must be a whole number",
                "/requirement/slots/1/approvals | 1.5    | requirement.slots[1].approvals must be a whole number",
                "/requirement/slots/1/approvals | 1e1000000000 | requirement.slots[1].approvals must be a whole number",
                "/requirement/slots/1/approvals | 4294967297   | Not valid JSON: Numeric value (4294967297) out of range of int",
                "/requirement/slots/1/approvals | 0      | requirement.slots[1].approvals is 0; it must be 1 to 10",
                "/requirement/slots/1/group     | \"\"   | requirement.slots[1].group is blank",
                "/requirement/slots             | []     | requirement.slots is empty; name at least one group",
                "/requirement/deadline          | 1800   | requirement.deadline must be a string such as \"PT30M\"",
                "/requirement/deadline          | \"PT99999999999999999H\" | requirement.deadline is \"PT99999999999999999H\", which is no ISO 8601",
                "/requirement/deadline          | \"P31D\" | requirement.deadline is PT744H; it must be between PT1S and P30D",
                "/assessment/risk               | true   | assessment.risk must be one of [low, medium, high, critical]",
                "/assessment/rules/0/because    | \"\"   | assessment.rules[0].because is blank"
            })
    void shouldNameTheFieldInsideOfVerdicts(String pointer, String value, String message) {
        // Given a good verdict with one thing wrong
        ObjectNode verdict = (ObjectNode)
                Json.tree(Samples.event(EventType.APPROVAL_REQUIRED).data());
        int cut = pointer.lastIndexOf('/');
        ((ObjectNode) verdict.at(pointer.substring(0, cut))).set(pointer.substring(cut + 1), tree(value));

        // When / Then
        assertThatThrownBy(() -> Json.readStrict(Json.write(verdict), ApprovalRequired.class))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldBoundHowLongAPolicyCanMakeAgentsWait() {
        // Given
        ObjectNode verdict =
                (ObjectNode) Json.tree(Samples.event(EventType.AUTO_DENIED).data());
        verdict.put("retryAfter", "P366D");

        // When / Then
        assertThatThrownBy(() -> Json.readEvent(Json.write(verdict), AutoDenied.class))
                .hasMessageContaining("retryAfter is PT8784H; it must be PT0S to P365D");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``        | The document is empty",
                "null      | The document is null",
                "{} {}     | The document goes on after its end",
                "{}]       | Not valid JSON: ",
                "{'a':1}   | Not valid JSON: Unexpected character ('''",
                "{\"a\":NaN} | Not valid JSON: ",
                "{\"a\":01}  | Not valid JSON: ",
                "{\"a\":1    | Not valid JSON: Unexpected end-of-input",
                "{\"a\":1,}  | Not valid JSON: ",
                "// c      | Not valid JSON: ",
                "{\"a\":1,\"a\":1} | a is there twice; keep one of the two",
                "{\"action\":{\"parameters\":{\"x\":[{\"y\":1,\"y\":2}]}}} | action.parameters.x[0].y is there twice"
            })
    void shouldRefuseWhatIsNotOneJsonDocument(String json, String message) {
        // Given / When / Then
        assertThatThrownBy(() -> Json.readEvent(bytes(json), Parameters.class))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() {
        // Given UTF-8 that carries a surrogate, a lone continuation byte, and UTF-16
        List<byte[]> documents = List.of(
                new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
                new byte[] {'"', (byte) 0x80, '"'},
                "{\"ä\":1}".getBytes(StandardCharsets.UTF_16));

        // When / Then
        for (byte[] document : documents) {
            assertThatThrownBy(() -> Json.readStrict(document, JsonNode.class))
                    .isInstanceOf(MalformedJsonException.class)
                    .hasMessageContaining("not UTF-8; encode it as UTF-8");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 900, 1_100, 200_000})
    void shouldRefuseDeepNestingWithoutOverflow(int depth) {
        // Given
        String json = "{\"action\":{\"parameters\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}}";

        // When / Then
        assertThatThrownBy(() -> Json.readStrict(bytes(json), ActionRequested.class))
                .isInstanceOf(MalformedJsonException.class)
                .satisfies(e -> assertThat(e.getMessage()).containsAnyOf("nested deeper", "nesting depth"));
    }

    @Test
    void shouldTakeParametersOfTheGreatestDepthAndRefuseOneMore() {
        // Given
        String deepest = "{\"a\":".repeat(16) + "1" + "}".repeat(16);

        // When / Then
        assertThat(Samples.parameters(deepest).canonical()).isEqualTo(deepest);
        assertThatThrownBy(() -> Samples.parameters("{\"a\":" + deepest + "}"))
                .hasMessageContaining("is nested deeper than 16 levels; flatten it or link to it");
    }

    @Test
    void shouldTakeParametersOfTheGreatestSizeAndRefuseOneByteMore() {
        // Given
        String text = "x".repeat(32 * 1024 - "{\"a\":\"\"}".length());

        // When / Then
        assertThat(Samples.parameters("{\"a\":\"" + text + "\"}").canonical()).hasSize(32 * 1024);
        assertThatThrownBy(() -> Samples.parameters("{\"a\":\"x" + text + "\"}"))
                .hasMessageContaining("is 32769 bytes in canonical form, at most 32768 are allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000000000", "-1e-2147483648", "1e99999999999999999999", "1.5e2147483647"})
    void shouldRefuseHugeExponentsAtOnceWhereverANumberCanStand(String number) {
        // Given
        List<String> documents = List.of(
                "{\"action\":{\"parameters\":{\"n\":%s}}}".formatted(number),
                "{\"requestedAt\":%s}".formatted(number),
                "{\"action\":%s}".formatted(number),
                "{\"claimed\":{\"run\":%s}}".formatted(number),
                "{\"unknown\":%s}".formatted(number),
                number);

        // When
        long start = System.nanoTime();

        // Then
        for (String document : documents) {
            assertThatThrownBy(() -> Json.readEvent(bytes(document), ActionRequested.class))
                    .as(document)
                    .isInstanceOf(MalformedJsonException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void shouldRefuseNumbersOfManyDigitsAndShortenThemInTheMessage() {
        // Given
        String digits = "7".repeat(900);

        // When
        MalformedJsonException e =
                catchThrowableOfType(MalformedJsonException.class, () -> Samples.parameters("{\"n\":" + digits + "}"));

        // Then
        assertThat(e).hasMessageStartingWith("n is the number 7777");
        assertThat(e.getMessage()).hasSizeLessThan(200);
        assertThatThrownBy(() -> Samples.parameters("{\"n\":" + "7".repeat(2_000_000) + "}"))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Property(tries = 400)
    void shouldReadGarbageOrRefuseItAsMalformed(@ForAll byte[] garbage) {
        // Given / When / Then nothing but MalformedJsonException comes out
        for (EventType type : EventType.values()) {
            readOrRefuse(garbage, type.record());
        }
    }

    @Property(tries = 3000)
    void shouldReadBrokenEventsOrRefuseThemAsMalformed(@ForAll Random random) {
        // Given a good event with a few bytes changed, dropped or doubled
        var events = new ArrayList<>(Samples.events().values());
        Event event = events.get(random.nextInt(events.size())).data();
        byte[] json = Json.write(event);
        for (int i = random.nextInt(4); i >= 0; i--) {
            json = broken(json, random);
        }

        // When / Then nothing but MalformedJsonException comes out
        readOrRefuse(json, event.getClass());
    }

    private static byte[] broken(byte[] json, Random random) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        int at = random.nextInt(text.length());
        String structural = "{}[]\",:0123456789eE-+.\\unltrfas\0\u00ff";
        String changed = switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + text.substring(at + 1);
            case 1 ->
                text.substring(0, at) + structural.charAt(random.nextInt(structural.length())) + text.substring(at + 1);
            default -> text.substring(0, at) + text.substring(random.nextInt(at + 1));
        };
        return changed.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void readOrRefuse(byte[] json, Class<?> type) {
        try {
            assertThat(Json.readStrict(json, type)).isNotNull();
        } catch (MalformedJsonException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static JsonNode tree(String json) {
        return Json.readStrict(bytes(json), JsonNode.class);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
