package io.obstat.contracts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/** Derived identifiers: the same cause gives the same id on every machine, in every retry. */
final class Identifiers {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 26;

    private Identifiers() {}

    /**
     * {@code prefix} followed by the first 130 bits of SHA-256 over the length-prefixed parts, in lower-case RFC 4648 base32.
     * Length prefixes keep {@code ("ab", "c")} and {@code ("a", "bc")} apart.
     */
    static String derive(String prefix, String... parts) {
        MessageDigest sha256 = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha256.update(new byte[] {
                (byte) (bytes.length >>> 24),
                (byte) (bytes.length >>> 16),
                (byte) (bytes.length >>> 8),
                (byte) bytes.length
            });
            sha256.update(bytes);
        }
        byte[] hash = sha256.digest();
        var id = new StringBuilder(prefix);
        for (int i = 0; i < LENGTH; i++) {
            int bit = i * 5;
            int window = ((hash[bit / 8] & 0xff) << 8) | (hash[bit / 8 + 1] & 0xff);
            id.append(ALPHABET.charAt((window >>> (11 - bit % 8)) & 31));
        }
        return id.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, this one does not", e);
        }
    }

    /** Returns {@code value} when it has the form, throws {@link IllegalArgumentException} naming the type and the form otherwise. */
    static String requireForm(String type, String value, Pattern form) {
        if (value == null || !form.matcher(value).matches()) {
            throw new IllegalArgumentException("%s must match %s, got %s".formatted(type, form, Quoted.of(value)));
        }
        return value;
    }
}
