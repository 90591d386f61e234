package io.obstat.policy.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An OIDC issuer with discovery and keys, and a Kafka address where nobody answers. */
public class Issuer implements QuarkusTestResourceLifecycleManager {

    private static final RSAKey KEY = key("key-1");
    private static final RSAKey FOREIGN_KEY = key("key-1");
    private static String url = "";
    private @Nullable HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server = http;
            url = "http://localhost:%d/obstat".formatted(http.getAddress().getPort());
            serve(
                    http,
                    "/obstat/.well-known/openid-configuration",
                    "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/jwks\"}".formatted(url, url));
            serve(http, "/obstat/jwks", new JWKSet(KEY.toPublicJWK()).toString());
            http.start();
            return Map.of(
                    "quarkus.http.test-port",
                    "0",
                    "quarkus.oidc.auth-server-url",
                    url,
                    "kafka.bootstrap.servers",
                    "localhost:1",
                    "obstat.policy.file",
                    "src/test/resources/policies/two-rules.yaml",
                    "obstat.policy.state-dir",
                    stateDirectory().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    static String token(String audience) {
        return token(KEY, audience, Instant.now().plusSeconds(60));
    }

    static String expiredToken() {
        return token(KEY, "obstat", Instant.now().minusSeconds(60));
    }

    static String foreignToken() {
        return token(FOREIGN_KEY, "obstat", Instant.now().plusSeconds(60));
    }

    private static String token(RSAKey key, String audience, Instant expiry) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer(url)
                            .subject("reviewer")
                            .audience(audience)
                            .claim("groups", List.of("platform"))
                            .issueTime(Date.from(expiry.minusSeconds(120)))
                            .expirationTime(Date.from(expiry))
                            .build());
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path stateDirectory() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "streams-state");
    }

    private static void serve(HttpServer http, String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        http.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
