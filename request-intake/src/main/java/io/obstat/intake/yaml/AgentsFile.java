package io.obstat.intake.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Person;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.intake.AgentKey;
import io.obstat.intake.AgentRegistry;
import io.obstat.intake.RegisteredAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent registry's file. Read once, at start; a change takes a restart.
 *
 * <pre>{@code
 * agents:
 *   - id: etl-agent                 # the sub of its token, or act.sub when it acts for a person
 *     owner: {subject: owner, email: owner@example.com}
 *     actsFor:                      # the other people it may act for; the owner always
 *       - {subject: dana, email: dana@example.com}
 *     actsForAnyone: false          # true: whomever the issuer's token names (HTTP only)
 *     keys:                         # with which it signs intents for Kafka; a public JWK each
 *       - {kid: etl-agent-1, kty: OKP, crv: Ed25519, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}
 * }</pre>
 */
public final class AgentsFile {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private AgentsFile() {}

    private record Document(@Nullable List<Entry> agents) {}

    private record Entry(
            AgentId id,
            Person owner,
            @Nullable List<Person> actsFor,
            @Nullable Boolean actsForAnyone,
            @Nullable List<Jwk> keys) {}

    private record Jwk(
            String kid,
            String kty,
            String crv,
            String x,
            @Nullable String alg,
            @Nullable String use,
            @Nullable String d) {}

    /**
     * The registry in this file.
     *
     * @throws InvalidAgentsFileException naming the file, the field and what to do
     */
    public static AgentRegistry read(Path file) {
        byte[] text;
        try {
            text = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidAgentsFileException(
                    "The agents file %s cannot be read (%s); set OBSTAT_INTAKE_AGENTS_FILE to a readable YAML file"
                            .formatted(file, e),
                    e);
        }
        try {
            return parse(text);
        } catch (MalformedJsonException | InvalidFieldException e) {
            throw new InvalidAgentsFileException("The agents file %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * The registry in this YAML text.
     *
     * @throws MalformedJsonException when it is no YAML, or has a field that is unknown or of the wrong form
     * @throws InvalidFieldException when a value is missing or not acceptable
     */
    public static AgentRegistry parse(byte[] yaml) {
        Document document = Json.readStrict(Json.write(tree(yaml)), Document.class);
        Required.present("agents", document.agents());
        List<Entry> entries = Required.list("agents", document.agents(), 10_000);
        List<RegisteredAgent> agents = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            agents.add(agent("agents[%d]".formatted(i), entries.get(i)));
        }
        return AgentRegistry.of(agents);
    }

    private static JsonNode tree(byte[] yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new MalformedJsonException(
                    "",
                    "is no YAML%s: %s"
                            .formatted(at == null ? "" : " at line " + at.getLineNr(), e.getOriginalMessage()));
        } catch (IOException e) {
            throw new MalformedJsonException("", "is no YAML: " + e.getMessage());
        }
    }

    private static RegisteredAgent agent(String path, Entry entry) {
        Required.present(path + ".id", entry.id());
        Required.present(path + ".owner", entry.owner());
        List<Jwk> jwks = Required.list(path + ".keys", entry.keys(), 20);
        List<AgentKey> keys = new ArrayList<>();
        for (int k = 0; k < jwks.size(); k++) {
            keys.add(key("%s.keys[%d]".formatted(path, k), jwks.get(k)));
        }
        return new RegisteredAgent(
                entry.id(),
                entry.owner(),
                Required.list(path + ".actsFor", entry.actsFor(), 1_000),
                Boolean.TRUE.equals(entry.actsForAnyone()),
                keys);
    }

    private static AgentKey key(String path, Jwk jwk) {
        Required.text(path + ".kid", jwk.kid(), 128);
        // SPEC: RFC 8037 §2, an Ed25519 key is kty OKP, crv Ed25519; d is its private part.
        only(path + ".kty", jwk.kty(), "OKP");
        only(path + ".crv", jwk.crv(), "Ed25519");
        Required.text(path + ".x", jwk.x(), 100);
        if (jwk.d() != null) {
            throw new InvalidFieldException(
                    path + ".d", "is the private key, which belongs to the agent alone; remove it and make a new key");
        }
        try {
            return AgentKey.ofJwk(jwk.kid(), jwk.x());
        } catch (InvalidFieldException e) {
            throw new InvalidFieldException(path + "." + e.field(), e.problem());
        }
    }

    private static void only(String path, @Nullable String value, String expected) {
        if (!expected.equals(value)) {
            throw new InvalidFieldException(
                    path, "must be %s (an Ed25519 public JWK), got %s".formatted(expected, Quoted.of(value)));
        }
    }
}
