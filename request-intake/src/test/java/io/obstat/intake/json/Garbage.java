package io.obstat.intake.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What might come in instead of a request: a sound document with some of it changed, cut, doubled or replaced; or noise. */
public final class Garbage {

    private static final List<String> SCRAPS = List.of(
            "null",
            "true",
            "-0",
            "1e400",
            "9007199254740993",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "{}",
            "[]",
            "{\"a\":",
            "]",
            "}",
            "\"",
            ",",
            ":",
            "\"type\":",
            "\"agent\":\"root\",",
            "/*c*/",
            "NaN",
            "0x10",
            "\ufeff",
            "'",
            "\\",
            "\u202e",
            "[[[[[[[[[[[[[[[[[[");

    private Garbage() {}

    /** The same for the same random numbers. */
    public static byte[] of(byte[] sound, Random random) {
        if (random.nextInt(20) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = sound;
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            bytes = changed(bytes, random);
        }
        return bytes;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + random.nextInt(12));
        return switch (random.nextInt(5)) {
            case 0 -> joined(bytes, at, scrap(random), at);
            case 1 -> joined(bytes, at, scrap(random), end);
            case 2 -> joined(bytes, at, new byte[0], end);
            case 3 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, end), at);
            default -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, Math.min(bytes.length, at + 1));
        };
    }

    private static byte[] scrap(Random random) {
        return SCRAPS.get(random.nextInt(SCRAPS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
        var joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, until);
        joined.writeBytes(middle);
        joined.write(bytes, from, bytes.length - from);
        return joined.toByteArray();
    }
}
