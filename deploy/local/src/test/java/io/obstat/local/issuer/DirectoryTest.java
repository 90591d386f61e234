package io.obstat.local.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.local.chat.Persona;
import io.obstat.local.chat.TeamsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The issuer, the fake chats and the directory must not say different things of the same people. */
class DirectoryTest {

    private static final Pattern PERSON = Pattern.compile("- id: \\S+\n +identities:(?:\n {6}.*)+\n +groups: .*");
    private static final Pattern AGENT = Pattern.compile("- id: (\\S+)\n +owners: \\{ids: \\[(.*)]}");
    private static final Pattern REGISTERED = Pattern.compile("- id: (\\S+) .*\n +owner: \\{subject: ([^,]+),");

    @Test
    void shouldSayOfEverybodyWhatTheIssuerSays() throws IOException {
        // Given
        List<String> issued = Person.all().stream()
                .map(person -> """
                        - id: %1$s
                            identities:
                              oidc: [%1$s]
                              email: [%2$s]
                              slack: [T0OBSTAT/%3$s]
                              entra: [%4$s/%5$s]
                            groups: [%6$s]""".formatted(
                                person.name(),
                                person.email(),
                                persona(person.name()).slackId(),
                                TeamsSettings.TENANT,
                                persona(person.name()).entraId(),
                                String.join(", ", person.groups())))
                .toList();

        // When
        List<String> listed =
                found(PERSON, "directory.yaml").stream().map(MatchResult::group).toList();

        // Then
        assertThat(listed).isEqualTo(issued);
    }

    @Test
    void shouldNameTheOwnersThatTheRegistryOfAgentsNames() throws IOException {
        // When
        List<String> listed = pairs(AGENT, "directory.yaml");

        // Then
        assertThat(listed).isNotEmpty().isEqualTo(pairs(REGISTERED, "agents.yaml"));
    }

    private static Persona persona(String name) {
        return Persona.all().stream()
                .filter(persona -> persona.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> pairs(Pattern pattern, String file) throws IOException {
        return found(pattern, file).stream()
                .map(match -> match.group(1) + " of " + match.group(2))
                .toList();
    }

    private static List<MatchResult> found(Pattern pattern, String file) throws IOException {
        return pattern.matcher(Files.readString(Path.of("config").resolve(file)))
                .results()
                .toList();
    }
}
