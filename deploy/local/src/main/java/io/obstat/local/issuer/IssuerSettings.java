package io.obstat.local.issuer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What mock-oauth2-server needs to know to play an ordinary issuer. The first mapping that matches a request decides the claims:
 *
 * <ol>
 *   <li>the scope {@code on-behalf-of:owner} in an agent's client credentials request: a token for that person, the agent as actor;
 *   <li>a token exchange (RFC 8693): the subject token's person, with the client as actor;
 *   <li>a person who signed in on the page, or by name with the password grant;
 *   <li>the notifier's client credentials, and then an agent's: themselves.
 * </ol>
 *
 * @param people who can sign in
 * @param loginPage the HTML file to sign in on
 * @param signingKey the private JWK that signs tokens
 */
public record IssuerSettings(List<Person> people, Path loginPage, String signingKey) {

    /** The audience that every service asks for. */
    static final String AUDIENCE = "obstat";

    static final String AGENTS = "agents";
    private static final String NOTIFIER = "obstat-notifier";
    private static final int HOUR = 3_600;
    private static final String THE_CLIENT = "${client_id}";

    /** As a JSON document. */
    public String render() {
        Map<String, Object> settings = Map.of(
                "interactiveLogin", true,
                "loginPagePath", loginPage.toString(),
                "httpServer", "MockWebServerWrapper",
                "tokenProvider", Map.of("keyProvider", Map.of("initialKeys", signingKey, "algorithm", "RS256")),
                "tokenCallbacks",
                        List.of(Map.of("issuerId", "obstat", "tokenExpiry", HOUR, "requestMappings", mappings())));
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Map<String, Object>> mappings() {
        List<Map<String, Object>> mappings = new ArrayList<>();
        // SPEC: RFC 8693 §4.1, act names who acts; sub stays the person.
        Map<String, Object> actor = Map.of("sub", THE_CLIENT);
        for (Person person : people) {
            mappings.add(mapping(
                    "scope",
                    "(.* )?on-behalf-of:" + person.name() + "( .*)?",
                    Map.of(
                            "sub", person.name(),
                            "email", person.email(),
                            "email_verified", true,
                            "name", person.fullName(),
                            "groups", List.of(AGENTS),
                            "aud", List.of(AUDIENCE),
                            "act", actor)));
        }
        mappings.add(mapping(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                Map.of("groups", List.of(AGENTS), "aud", List.of(AUDIENCE), "act", actor)));
        for (Person person : people) {
            mappings.add(mapping(
                    "subject",
                    person.name(),
                    Map.of(
                            "sub", person.name(),
                            "email", person.email(),
                            "email_verified", true,
                            "name", person.fullName(),
                            "preferred_username", person.name(),
                            "groups", person.groups(),
                            "aud", List.of(AUDIENCE, THE_CLIENT))));
        }
        mappings.add(mapping(
                "client_id",
                NOTIFIER,
                Map.of("sub", NOTIFIER, "groups", List.of("notifiers"), "aud", List.of(AUDIENCE))));
        mappings.add(mapping(
                "grant_type",
                "client_credentials",
                Map.of("sub", THE_CLIENT, "groups", List.of(AGENTS), "aud", List.of(AUDIENCE))));
        return mappings;
    }

    private static Map<String, Object> mapping(String parameter, String value, Map<String, Object> claims) {
        return Map.of("requestParam", parameter, "match", value, "claims", claims);
    }
}
