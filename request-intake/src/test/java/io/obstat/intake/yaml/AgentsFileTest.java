package io.obstat.intake.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.AgentId;
import io.obstat.intake.AgentRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentsFileTest {

    private static final String KEY =
            "{kid: k, kty: OKP, crv: Ed25519, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}";

    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldReadAgents() {
        // Given
        Path file = Path.of("src/test/resources/agents.yaml");
        // When
        AgentRegistry registry = AgentsFile.read(file);
        // Then
        assertThat(registry.size()).isEqualTo(2);
        assertThat(registry.keyHolder("etl-agent-1").orElseThrow().agent().id()).isEqualTo(new AgentId("etl-agent"));
        assertThat(registry.agent(new AgentId("ops-agent")).orElseThrow().actsForAnyone())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    agents: [                                                                                    | is no YAML at line
                    {}                                                                                           | agents is missing
                    agents: {}                                                                                   | agents must be an array
                    agents: [{owner: {subject: o}}]                                                              | agents[0].id is missing
                    agents: [{id: a}]                                                                            | agents[0].owner is missing
                    agents: [{id: a b, owner: {subject: o}}]                                                     | agents[0].id is not acceptable
                    agents: [{id: a, owner: {subject: 7}}]                                                       | agents[0].owner.subject
                    agents: [{id: a, owner: {subject: o}, admin: true}]                                          | agents[0].admin is not a known field
                    agents: [{id: a, id: b, owner: {subject: o}}]                                                | Duplicate field 'id'
                    agents: [{id: a, owner: {subject: o}}, {id: a, owner: {subject: p}}]                         | agents[1].id is a a second time
                    agents: [{id: a, owner: {subject: o}, keys: [KEY, KEY]}]                                     | agents[0].keys[1].kid is k a second time
                    agents: [{id: a, owner: {subject: o}, keys: [{kid: k, kty: RSA, crv: x, x: x}]}]             | agents[0].keys[0].kty must be OKP
                    agents: [{id: a, owner: {subject: o}, keys: [{kid: k, kty: OKP, crv: Ed25519, x: AAAA}]}]    | agents[0].keys[0].x is 3 bytes
                    agents: [{id: a, owner: {subject: o}, keys: [{kid: k, kty: OKP, crv: Ed25519, x: x, d: d}]}] | agents[0].keys[0].d is the private key
                    """)
    void shouldNameTheFileAndTheFieldThatIsWrong(String yaml, String reason) throws IOException {
        // Given
        Path file = directory.resolve("agents.yaml");
        Files.writeString(file, yaml.replace("KEY", KEY));
        // When
        // Then
        assertThatThrownBy(() -> AgentsFile.read(file))
                .isInstanceOf(InvalidAgentsFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    @Test
    void shouldSayWhereTheFileShouldBe() {
        // Given
        Path missing = directory.resolve("missing.yaml");
        // When
        // Then
        assertThatThrownBy(() -> AgentsFile.read(missing)).hasMessageContaining("OBSTAT_INTAKE_AGENTS_FILE");
    }
}
