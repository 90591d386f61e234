package io.obstat.notifier.teams;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The Bot Connector as far as its tokens are concerned: metadata, keys with endorsements, and signatures. */
final class FakeTokenIssuer implements AutoCloseable {

    /** One RSA key for all tests: making one takes long. Signs for whatever key id it is published under. */
    static final RSAKey KEY = rsa();

    static final RSAKey OTHER_KEY = rsa();
    static final String KEY_ID = "teams-key";

    private final HttpServer server;
    private final Map<String, String> keys = new ConcurrentSkipListMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    final AtomicInteger metadataFetches = new AtomicInteger();
    final AtomicInteger keysFetches = new AtomicInteger();
    volatile List<String> algorithms = List.of("RS256");
    volatile String keysUrl;
    volatile int metadataStatus = 200;
    volatile int keysStatus = 200;
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile String garbage = "";

    FakeTokenIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keysUrl = url("localhost", "/v1/.well-known/keys");
        server.createContext("/v1/.well-known/openidconfiguration", this::metadata);
        server.createContext("/v1/.well-known/keys", this::keys);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        publish(KEY_ID, KEY, "msteams", "skype");
    }

    URI metadataUrl() {
        return URI.create(url("localhost", "/v1/.well-known/openidconfiguration"));
    }

    String url(String host, String path) {
        return "http://%s:%d%s".formatted(host, server.getAddress().getPort(), path);
    }

    void publish(String keyId, RSAKey key, String... endorsements) {
        Map<String, Object> json =
                new RSAKey.Builder(key.toPublicJWK()).keyID(keyId).build().toJSONObject();
        json.put("endorsements", List.of(endorsements));
        publishRaw(keyId, com.nimbusds.jose.util.JSONObjectUtils.toJSONString(json));
    }

    void publishRaw(String keyId, String json) {
        keys.put(keyId, json);
    }

    void withdraw(String keyId) {
        keys.remove(keyId);
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
        try {
            return sign(header, claims, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        var jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    static JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID(KEY_ID);
    }

    private void metadata(HttpExchange exchange) throws IOException {
        metadataFetches.incrementAndGet();
        pass();
        if (metadataStatus == 302) {
            exchange.getResponseHeaders().set("location", url("localhost", "/v1/.well-known/openidconfiguration"));
        }
        String listed = algorithms.stream().map(a -> '"' + a + '"').collect(Collectors.joining(","));
        answer(exchange, metadataStatus, garbage.isEmpty() ? """
                        {"issuer":"https://api.botframework.com","authorization_endpoint":"https://invalid.botframework.com",
                        "jwks_uri":"%s","id_token_signing_alg_values_supported":[%s],
                        "token_endpoint_auth_methods_supported":["private_key_jwt"]}""".formatted(keysUrl, listed) : garbage);
    }

    private void keys(HttpExchange exchange) throws IOException {
        keysFetches.incrementAndGet();
        answer(exchange, keysStatus, "{\"keys\":[%s]}".formatted(String.join(",", keys.values())));
    }

    private void pass() {
        try {
            while (gate.getCount() > 0 && closing.getCount() > 0) {
                gate.await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
