package io.obstat.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/** What hostile or broken callers send, by seed: the same seed gives the same garbage. */
final class Garbage {

    private static final List<String> FIELDS = List.of(
            "type",
            "resource",
            "environment",
            "parameters",
            "intent",
            "run",
            "model",
            "links",
            "diff",
            "deadline",
            "agent",
            "__proto__");
    private static final Set<String> UNKNOWN = Set.of("agent", "__proto__");
    private static final List<String> REQUIRED = List.of("type", "resource", "environment", "intent");
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\u0000",
            "\u202etxt.exe",
            "\u200b",
            "💥",
            "../../etc/passwd",
            "${jndi:ldap://x}",
            "'; DROP TABLE actions; --",
            "<script>alert(1)</script>",
            "a".repeat(5_000),
            "sha256:" + "0".repeat(64));

    private final SplittableRandom random;

    Garbage(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * What is thrown.
     *
     * @param mustBeRefused whether it cannot be a request, so that a door that takes it is broken; else either answer will do
     */
    record Thrown(byte[] bytes, boolean mustBeRefused) {}

    /** A request that would be accepted. */
    static ObjectNode good() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", "db.query").put("resource", "postgres://prod/orders").put("environment", "production");
        body.putObject("parameters").put("readOnly", true).put("sql", "select 1");
        return body.put("intent", "garbage beside it");
    }

    /** The bytes of something that mostly is no request. */
    Thrown body() {
        byte[] good = Json.write(good());
        return switch (random.nextInt(10)) {
            case 0 -> new Thrown(noise(random.nextInt(200)), true);
            case 1 -> new Thrown(Arrays.copyOf(good, random.nextInt(good.length)), true);
            case 2 -> new Thrown(flipped(good), false);
            case 3 -> new Thrown(twice(good), true);
            case 4 -> new Thrown(nested(random.nextInt(20, 20_000)), false);
            case 5 -> new Thrown(invalidUtf8(good), true);
            case 6 -> new Thrown(number(), true);
            case 7 -> new Thrown(Json.write(tree(0)), true);
            default -> {
                ObjectNode changed = changed();
                yield new Thrown(Json.write(changed), isNoRequest(changed));
            }
        };
    }

    /** Whether it has a field that no request has, or lacks one that every request has. */
    static boolean isNoRequest(ObjectNode body) {
        return UNKNOWN.stream().anyMatch(body::has) || !REQUIRED.stream().allMatch(body::hasNonNull);
    }

    /** Some bytes, none in particular. */
    byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The same with one to four bits turned. */
    byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    /** The same JWS with one bit of its signature turned. */
    String forged(String jws) {
        int dot = jws.lastIndexOf('.');
        // The bytes and not the text: the last character of base64url has bits that stand for nothing.
        byte[] signature = Base64.getUrlDecoder().decode(jws.substring(dot + 1));
        signature[random.nextInt(signature.length)] ^= (byte) (1 << random.nextInt(8));
        return jws.substring(0, dot + 1)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A request with one to three fields replaced, removed or added. */
    ObjectNode changed() {
        ObjectNode body = good();
        for (int i = 0; i <= random.nextInt(3); i++) {
            String field = FIELDS.get(random.nextInt(FIELDS.size()));
            if (random.nextInt(4) == 0) {
                body.remove(field);
            } else {
                body.set(field, tree(0));
            }
        }
        return body;
    }

    private JsonNode tree(int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 4 ? 5 : 8)) {
            case 0 -> json.nullNode();
            case 1 -> json.booleanNode(random.nextBoolean());
            case 2 -> json.numberNode(random.nextLong());
            case 3 -> json.numberNode(random.nextDouble() * Math.pow(10, random.nextInt(-300, 300)));
            case 4 -> json.textNode(NASTY.get(random.nextInt(NASTY.size())));
            case 5 -> {
                ArrayNode array = json.arrayNode();
                for (int i = 0; i < random.nextInt(5); i++) {
                    array.add(tree(depth + 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = json.objectNode();
                for (int i = 0; i < random.nextInt(5); i++) {
                    object.set(NASTY.get(random.nextInt(NASTY.size())) + i, tree(depth + 1));
                }
                yield object;
            }
        };
    }

    private byte[] twice(byte[] good) {
        String text = new String(good, StandardCharsets.UTF_8);
        return text.replaceFirst("\\{", "{\"type\":\"data.delete\",").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] nested(int depth) {
        String inner = "[".repeat(depth) + "]".repeat(depth);
        return new String(Json.write(good()), StandardCharsets.UTF_8)
                .replace("true", inner)
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] invalidUtf8(byte[] good) {
        byte[] copy = good.clone();
        copy[new String(good, StandardCharsets.UTF_8).indexOf("garbage") + random.nextInt(6)] = (byte) 0xc3;
        return copy;
    }

    /** A number that a double cannot hold. */
    private byte[] number() {
        String number = new BigInteger(random.nextInt(60, 400), new Random(random.nextLong()))
                .setBit(0)
                .setBit(55)
                .toString();
        return new String(Json.write(good()), StandardCharsets.UTF_8)
                .replace("true", number)
                .getBytes(StandardCharsets.UTF_8);
    }
}
