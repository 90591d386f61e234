package io.obstat.notifier.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.notifier.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code channels.yaml} of the documentation, and the one for the fake chats, are such files. */
class DocsTest {

    private static final Path ROOT = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."));
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Pattern EXAMPLE =
            Pattern.compile("```yaml\n( *(?:slack|teams|email|webhook):\n.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "how-to/use-slack.md",
                "how-to/use-teams.md",
                "how-to/use-email.md",
                "how-to/receive-webhooks.md",
                "reference/channels.md"
            })
    void shouldShowFilesThatLoad(String page) throws IOException {
        // Given
        List<String> examples = examples(page);

        // When / Then
        assertThat(examples).hasSize(1);
        assertThat(read(examples.getFirst())).isNotEqualTo(ChannelsFile.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"how-to/use-slack.md", "how-to/use-teams.md", "how-to/use-email.md", "reference/channels.md"})
    void shouldShowRoutesToChatsThatAreConfiguredBesideThem(String page) throws IOException {
        // Given
        ChannelsFile file = read(examples(page).getFirst());

        // When
        Routes routes = routes(file);

        // Then
        assertThat(routes.routes()).isNotEmpty();
    }

    @Test
    void shouldShowInTheReferenceThatAnEmptyTellIsARouteToo() throws IOException {
        // Given
        ChannelsFile file = read(examples("reference/channels.md").getFirst());

        // When
        Routes routes = routes(file);

        // Then
        assertThat(routes.routes())
                .last()
                .satisfies(route -> assertThat(route.tell()).isEmpty());
        assertThat(routes.otherwise()).isNotEmpty();
    }

    @Test
    void shouldComeWithAFileForTheFakeChatsThatLoads() {
        // Given
        ChannelsFile file = ChannelsFile.read(ROOT.resolve("deploy/local/config/channels-fake-chat.yaml"));

        // When
        Routes routes = routes(file);

        // Then
        assertThat(routes.routes()).isNotEmpty();
    }

    private static Routes routes(ChannelsFile file) {
        return file.routes() == null ? Routes.none() : file.routes().resolve(chats(file), true);
    }

    private static Set<String> chats(ChannelsFile file) {
        return Stream.of(
                        file.slack() == null ? "" : "slack",
                        file.teams() == null ? "" : "teams",
                        file.email() == null ? "" : "email")
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private ChannelsFile read(String example) throws IOException {
        return ChannelsFile.read(Files.writeString(directory.resolve("channels.yaml"), example));
    }

    private static List<String> examples(String page) throws IOException {
        return EXAMPLE.matcher(Files.readString(DOCS.resolve(page)))
                .results()
                .map(found -> found.group(1).stripIndent())
                .toList();
    }
}
