package io.obstat.notifier.teams;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * An RSA key of 2048 bits that signs four times as fast as one of the JDK: its modulus has four primes. SPEC: RFC 8017 §3.2 (multi-prime
 * RSA). To whoever verifies it is a key like any other. For tests that sign by the ten thousand.
 */
final class QuickRsaKey {

    private static final int BITS = 2048;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

    /** SPEC: RFC 8017 §9.2, note 1: DigestInfo of SHA-256. */
    private static final byte[] DIGEST_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    private final BigInteger modulus;
    private final List<Prime> primes;

    /** @param coefficient of this prime's share: 1 modulo itself, 0 modulo the others */
    private record Prime(BigInteger value, BigInteger exponent, BigInteger coefficient) {}

    QuickRsaKey() {
        var random = new SecureRandom();
        List<BigInteger> values;
        do {
            values = Stream.generate(() -> BigInteger.probablePrime(BITS / 4, random))
                    .filter(p -> p.subtract(BigInteger.ONE).gcd(EXPONENT).equals(BigInteger.ONE))
                    .limit(4)
                    .toList();
        } while (product(values).bitLength() != BITS);
        BigInteger n = product(values);
        modulus = n;
        primes = values.stream()
                .map(p -> {
                    BigInteger others = n.divide(p);
                    return new Prime(
                            p,
                            EXPONENT.modInverse(p.subtract(BigInteger.ONE)),
                            others.multiply(others.modInverse(p)).mod(n));
                })
                .toList();
    }

    private static BigInteger product(List<BigInteger> values) {
        return values.stream().reduce(BigInteger.ONE, BigInteger::multiply);
    }

    RSAKey publicKey() {
        return new RSAKey.Builder(Base64URL.encode(modulus), Base64URL.encode(EXPONENT)).build();
    }

    /** SPEC: RFC 7515 §5.1, RS256. */
    String sign(String keyId, JWTClaimsSet claims) {
        String input = Base64URL.encode("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(keyId)) + "."
                + Base64URL.encode(claims.toString());
        BigInteger message = new BigInteger(1, padded(input.getBytes(StandardCharsets.US_ASCII)));
        BigInteger signature = primes.stream()
                .map(p -> message.mod(p.value()).modPow(p.exponent(), p.value()).multiply(p.coefficient()))
                .reduce(BigInteger.ZERO, BigInteger::add)
                .mod(modulus);
        return input + "." + Base64URL.encode(fixed(signature));
    }

    private static byte[] padded(byte[] input) {
        byte[] hash;
        try {
            hash = MessageDigest.getInstance("SHA-256").digest(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        byte[] padded = new byte[BITS / 8];
        int infoAt = padded.length - hash.length - DIGEST_INFO.length;
        Arrays.fill(padded, 2, infoAt - 1, (byte) 0xff);
        padded[1] = 1;
        System.arraycopy(DIGEST_INFO, 0, padded, infoAt, DIGEST_INFO.length);
        System.arraycopy(hash, 0, padded, padded.length - hash.length, hash.length);
        return padded;
    }

    private static byte[] fixed(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[BITS / 8];
        int length = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
        return fixed;
    }
}
