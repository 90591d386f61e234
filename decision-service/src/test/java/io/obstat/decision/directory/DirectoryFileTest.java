package io.obstat.decision.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryFileTest {

    private static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";

    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldReadPeopleAndAgents() {
        // Given
        String yaml = """
                people:
                  - id: ann
                    identities:
                      oidc: [ann]
                      email: [Ann@Example.com]
                      slack: [T024BE7LD/U2147483697]
                      entra: [72F988BF-86F1-41AF-91AB-2D7CD011DB47/72f988bf-86f1-41af-91ab-2d7cd011db48]
                    groups: [data-governance, On Call]
                agents:
                  - id: etl-agent
                    owners: {ids: [ann], email: [ben@example.com]}
                """;

        // When
        Listing listing = DirectoryFile.parse(yaml.getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(listing.people()).singleElement().satisfies(ann -> {
            assertThat(ann.identities())
                    .containsOnlyKeys(
                            new Identity(Channel.OIDC, "ann"),
                            new Identity(Channel.EMAIL, "Ann@Example.com"),
                            new Identity(Channel.SLACK, "T024BE7LD/U2147483697"),
                            new Identity(Channel.ENTRA, TENANT + "/72f988bf-86f1-41af-91ab-2d7cd011db48"));
            assertThat(ann.groups()).containsExactly("data-governance", "On Call");
        });
        assertThat(listing.agents())
                .singleElement()
                .satisfies(agent -> assertThat(agent.owners())
                        .containsExactly(
                                new Listing.Owner(null, "ann"), new Listing.Owner(Channel.EMAIL, "ben@example.com")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            people: [                                                                            | is no YAML at line
            {}                                                                                   | people is missing
            people: {}                                                                           | people must be an array
            people: [{identities: {oidc: [a]}}]                                                  | people[0].id is missing
            people: [{id: a b, identities: {oidc: [a]}}]                                         | people[0].id is "a b"; use 1 to 64 letters
            people: [{id: a}]                                                                    | people[0].identities is missing
            people: [{id: a, identities: {}}]                                                    | people[0].identities is empty
            people: [{id: a, identities: {oidc: [7]}}]                                           | people[0].identities.oidc
            people: [{id: a, identities: {oidc: [" "]}}]                                         | people[0].identities.oidc[0] is blank
            people: [{id: a, identities: {oidc: ["a\\nb"]}}]                                     | people[0].identities.oidc[0] is "a\\u000ab"; it must be one line
            people: [{id: a, identities: {email: [a]}}]                                          | people[0].identities.email[0] is "a"; it must be an e-mail address
            people: [{id: a, identities: {slack: [U1]}}]                                         | people[0].identities.slack[0] is "U1"; it must be <team id>/<user id>
            people: [{id: a, identities: {entra: [x/y]}}]                                        | people[0].identities.entra[0] is "x/y"; it must be <tenant id>/<object id>
            people: [{id: a, identities: {phone: ["1"]}}]                                        | people[0].identities.phone is not a known field
            people: [{id: a, name: Ann, identities: {oidc: [a]}}]                                | people[0].name is not a known field
            people: [{id: a, identities: {ids: [a]}}]                                            | people[0].identities.ids is not a known field
            people: [{id: a, identities: {oidc: [a]}, groups: [""]}]                             | people[0].groups[0] is blank
            people: [{id: a, identities: {oidc: [a]}}, {id: a, identities: {oidc: [b]}}]         | people[1].id is a, as people[0].id is
            people: [{id: a, identities: {oidc: [a]}}, {id: b, identities: {oidc: [A]}}]         | people[1].identities.oidc[0] is "A", as people[0].identities.oidc[0] is
            people: [{id: a, identities: {email: [a@x]}}, {id: b, identities: {email: [A@x]}}]   | people[1].identities.email[0] is "A@x", as people[0].identities.email[0] is
            {people: [], agents: [{owners: {oidc: [a]}}]}                                        | agents[0].id is missing
            {people: [], agents: [{id: a}]}                                                      | agents[0].owners is missing
            {people: [], agents: [{id: a, owners: {}}]}                                          | agents[0].owners is empty
            {people: [], agents: [{id: a, owners: {ids: [b]}}]}                                  | agents[0].owners.ids[0] is "b", which no person of this file has as id
            {people: [], agents: [{id: a, owners: {oidc: [b]}}, {id: a, owners: {oidc: [b]}}]}   | agents[1].id is a a second time
            {people: [{id: x, identities: {oidc: [a]}}], agents: [{id: a, owners: {ids: [x]}}]}  | agents[0].id is a, as people[0].identities.oidc[0] is
            """)
    void shouldNameTheFileAndTheFieldThatIsWrong(String yaml, String reason) throws IOException {
        // Given
        Path file = directory.resolve("directory.yaml");
        Files.writeString(file, yaml);

        // When / Then
        assertThatThrownBy(() -> DirectoryFile.read(file))
                .isInstanceOf(InvalidDirectoryFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    @Test
    void shouldSayWhereTheFileShouldBe() {
        // Given
        Path missing = directory.resolve("missing.yaml");

        // When / Then
        assertThatThrownBy(() -> DirectoryFile.read(missing)).hasMessageContaining("OBSTAT_DECISION_DIRECTORY_FILE");
    }
}
