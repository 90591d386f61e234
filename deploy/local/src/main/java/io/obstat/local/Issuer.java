package io.obstat.local;

import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The OIDC issuer for local use: services have one security path, so a machine without an identity provider gets one. It signs in whoever asks, and
 * listens on the loopback address only.
 */
final class Issuer {

    private static final String MAIN = "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt";
    private static final List<String> AUDIENCE = List.of("obstat", "obstat-inbox", "obstat-ledger");

    /** The scope with which an agent asks for a token to act for a person: this and their subject. */
    static final String ON_BEHALF_OF = "on-behalf-of:";

    private static final int HOUR = 3600;

    private Issuer() {}

    static String url(int port) {
        return "http://localhost:%d/obstat".formatted(port);
    }

    static Part.Spec prepare(Home home, int port) {
        Path page = home.config("sign-in.html");
        Path config = home.config("issuer.json");
        try {
            Files.writeString(page, SignInPage.html(People.ALL));
            Files.write(config, Json.write(config(page)));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + config, e);
        }
        return new Part.Spec(
                "issuer",
                Programs.main(MAIN, 128, List.of()),
                Map.of("SERVER_HOSTNAME", "localhost", "SERVER_PORT", String.valueOf(port), "JSON_CONFIG_PATH", config.toString()),
                port,
                url(port),
                () -> Http.isOk(url(port) + "/.well-known/openid-configuration"));
    }

    private static Map<String, Object> config(Path page) {
        List<Map<String, Object>> mappings = new ArrayList<>();
        for (People.LocalPerson person : People.ALL) {
            Map<String, Object> claims = person.claims(AUDIENCE);
            // The sign-in page posts the name as the login's subject, the password grant as the username.
            mappings.add(mapping("subject", person.subject(), claims));
            mappings.add(mapping("username", person.subject(), claims));
            mappings.add(mapping("scope", ON_BEHALF_OF + person.subject(), delegated(claims)));
        }
        mappings.add(mapping(
                "grant_type",
                "client_credentials",
                Map.of("sub", "${client_id}", "aud", AUDIENCE, "groups", List.of("agents"))));
        return Map.of(
                "interactiveLogin", true,
                "loginPagePath", page.toString(),
                "httpServer", "NettyWrapper",
                "tokenCallbacks",
                        List.of(Map.of("issuerId", "obstat", "tokenExpiry", HOUR, "requestMappings", mappings)));
    }

    /** SPEC: RFC 8693 §4.1. The person is the subject, the agent that acts for them the actor. */
    private static Map<String, Object> delegated(Map<String, Object> person) {
        var claims = new LinkedHashMap<String, Object>(person);
        claims.put("act", Map.of("sub", "${client_id}"));
        claims.put("groups", List.of("agents"));
        return claims;
    }

    private static Map<String, Object> mapping(String parameter, String match, Map<String, Object> claims) {
        return Map.of("requestParam", parameter, "match", match, "claims", claims);
    }
}
