package io.obstat.notifier.quarkus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An OIDC issuer as far as a resource server sees it: discovery, keys and tokens. */
final class FakeIssuer implements AutoCloseable {

    static final String CLIENT_SECRET = "notifiers-own";

    private final HttpServer server;
    private final RSAKey key;
    private final AtomicInteger granted = new AtomicInteger();
    private volatile boolean silent;

    FakeIssuer() {
        try {
            key = new RSAKeyGenerator(2048).keyID("test").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        serve(
                "/obstat/.well-known/openid-configuration",
                "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/jwks\",\"token_endpoint\":\"%1$s/token\"}".formatted(url()));
        serve("/obstat/jwks", new JWKSet(key.toPublicJWK()).toString());
        server.createContext("/obstat/token", this::grant);
        server.start();
    }

    String url() {
        return "http://localhost:%d/obstat".formatted(server.getAddress().getPort());
    }

    /** How many tokens it has given to clients. */
    int granted() {
        return granted.get();
    }

    /** Whether it leaves clients that ask for a token without an answer. */
    void silent(boolean silent) {
        this.silent = silent;
    }

    String token(String subject, String audience, List<String> groups) {
        var claims = new JWTClaimsSet.Builder()
                .issuer(url())
                .subject(subject)
                .audience(audience)
                .claim("groups", groups)
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    /** SPEC: RFC 6749 §4.4, for one client only. */
    private void grant(HttpExchange exchange) throws IOException {
        if (silent) {
            return;
        }
        granted.incrementAndGet();
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean known = List.of(form.split("&"))
                .containsAll(List.of(
                        "grant_type=client_credentials",
                        "client_id=obstat-notifier",
                        "client_secret=" + CLIENT_SECRET));
        String answer = known
                ? "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                        .formatted(token("obstat-notifier", "obstat", List.of("notifiers")))
                : "{\"error\":\"invalid_client\"}";
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void serve(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
