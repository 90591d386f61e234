package io.obstat.decision.road;

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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** An OIDC issuer on a free port: discovery and keys over HTTP, tokens with whatever claims a test wants. */
final class Issuer implements AutoCloseable {

    private static final String PATH = "/obstat";

    private final HttpServer server;
    private final RSAKey key;

    private Issuer(HttpServer server, RSAKey key) {
        this.server = server;
        this.key = key;
    }

    static Issuer start() throws IOException {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var issuer = new Issuer(
                    server, new RSAKeyGenerator(2048).keyID("issuer-1").generate());
            server.createContext(
                    PATH + "/.well-known/openid-configuration", exchange -> answer(exchange, issuer.discovery()));
            server.createContext(
                    PATH + "/jwks", exchange -> answer(exchange, new JWKSet(issuer.key.toPublicJWK()).toString()));
            server.createContext(PATH + "/token", Issuer::redeemCode);
            server.start();
            return issuer;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "http://localhost:%d%s".formatted(server.getAddress().getPort(), PATH);
    }

    String sign(JWTClaimsSet claims) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String discovery() {
        return """
                {"issuer": "%1$s", "jwks_uri": "%1$s/jwks", "token_endpoint": "%1$s/token",
                 "authorization_endpoint": "%1$s/authorize", "end_session_endpoint": "%1$s/endsession",
                 "subject_types_supported": ["public"], "response_types_supported": ["code"],
                 "id_token_signing_alg_values_supported": ["RS256"]}""".formatted(url());
    }

    /** SPEC: OpenID Connect Core §3.1.3. A test chooses the code, and the code is the ID token. */
    private static void redeemCode(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String code = Stream.of(form.split("&", -1))
                .filter(field -> field.startsWith("code="))
                .map(field -> field.substring("code=".length()))
                .findFirst()
                .orElseThrow();
        answer(exchange, """
                {"token_type": "Bearer", "expires_in": 600, "access_token": "%1$s", "id_token": "%1$s"}""".formatted(code));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
