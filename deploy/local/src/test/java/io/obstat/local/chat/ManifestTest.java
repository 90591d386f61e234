package io.obstat.local.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The app manifests under {@code deploy} are such as Slack and Teams take, and ask for what the notifier needs and for nothing else.
 *
 * <p>Where there is npm, notifier's {@code OfficialManifestTest} holds Teams' manifest against the schema itself; the rules that matter are written
 * down here. Sources: Slack, "App manifest reference", and the scopes of each
 * method; Teams, {@code MicrosoftTeams.schema.json} of version 1.17.
 */
class ManifestTest {

    private static final Path ROOT = Path.of(System.getProperty("obstat.root", "../.."));
    private static final Path DEPLOY = ROOT.resolve("deploy");
    private static final Path NOTIFIER = ROOT.resolve("notifier/src/main/java/io/obstat/notifier");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final String OVER_HTTP = "manifest.yaml";
    private static final String BY_SOCKET_MODE = "manifest-socket-mode.yaml";

    /** What a bot token needs for each method, by the method's name in Slack's SDK. Cards are in channels of both kinds and in direct messages. */
    private static final Map<String, Set<String>> SCOPES = Map.of(
            "chatPostMessage", Set.of("chat:write"),
            "chatPostEphemeral", Set.of("chat:write"),
            "chatUpdate", Set.of("chat:write"),
            "conversationsHistory", Set.of("channels:history", "groups:history", "im:history"),
            "conversationsReplies", Set.of("channels:history", "groups:history", "im:history"),
            "conversationsOpen", Set.of("im:write"),
            "usersInfo", Set.of("users:read", "users:read.email"),
            "usersLookupByEmail", Set.of("users:read.email"),
            "viewsOpen", Set.of());

    private static final Pattern CALL = Pattern.compile("\\bmethods\\s*\\.\\s*(\\w+)\\(");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
    private static final String PLACEHOLDER = "00000000-0000-0000-0000-000000000000";
    private static final String HOST = "obstat.example.com";

    @Test
    void shouldKnowTheScopesOfEveryMethodThatTheNotifierCalls() throws IOException {
        // Given / When
        Set<String> called = new TreeSet<>();
        try (Stream<Path> sources = Files.list(NOTIFIER.resolve("slack"))) {
            for (Path source : sources.toList()) {
                CALL.matcher(Files.readString(source))
                        .results()
                        .map(call -> call.group(1))
                        .forEach(called::add);
            }
        }

        // Then
        assertThat(called).containsExactlyInAnyOrderElementsOf(SCOPES.keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {OVER_HTTP, BY_SOCKET_MODE})
    void shouldAskSlackForTheScopesOfTheseMethodsAndForNoOther(String file) throws IOException {
        // Given
        JsonNode manifest = slack(file);

        // When
        List<String> bot = texts(manifest.at("/oauth_config/scopes/bot"));

        // Then
        assertThat(bot)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        SCOPES.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
        assertThat(names(manifest.at("/oauth_config/scopes"))).containsExactly("bot");
    }

    @ParameterizedTest
    @ValueSource(strings = {OVER_HTTP, BY_SOCKET_MODE})
    void shouldBeAnAppOfOneWorkspaceThatHearsOfNoMessages(String file) throws IOException {
        // Given / When
        JsonNode manifest = slack(file);

        // Then
        assertThat(names(manifest))
                .containsExactlyInAnyOrder("_metadata", "display_information", "features", "oauth_config", "settings");
        JsonNode display = manifest.path("display_information");
        assertThat(display.path("name").asText()).hasSizeBetween(1, 35);
        assertThat(display.path("description").asText()).hasSizeBetween(1, 140);
        assertThat(display.path("long_description").asText()).hasSizeBetween(174, 4_000);
        assertThat(display.path("background_color").asText()).matches("#[0-9a-f]{6}");
        assertThat(manifest.at("/features/bot_user/display_name").asText()).matches("[a-z0-9._-]{1,80}");
        assertThat(manifest.at("/features/app_home/messages_tab_enabled").booleanValue())
                .isTrue();
        JsonNode settings = manifest.path("settings");
        assertThat(names(settings))
                .containsExactlyInAnyOrder(
                        "interactivity", "socket_mode_enabled", "org_deploy_enabled", "token_rotation_enabled");
        assertThat(settings.at("/interactivity/is_enabled").booleanValue()).isTrue();
        assertThat(settings.path("org_deploy_enabled")).isEqualTo(YAML.readTree("false"));
        assertThat(settings.path("token_rotation_enabled")).isEqualTo(YAML.readTree("false"));
    }

    @Test
    void shouldDifferOnlyInHowClicksCome() throws IOException {
        // Given
        JsonNode http = slack(OVER_HTTP);
        JsonNode socket = slack(BY_SOCKET_MODE);

        // When
        String url = http.at("/settings/interactivity/request_url").asText();

        // Then
        assertThat(http.at("/settings/socket_mode_enabled")).isEqualTo(YAML.readTree("false"));
        assertThat(socket.at("/settings/socket_mode_enabled")).isEqualTo(YAML.readTree("true"));
        assertThat(socket.at("/settings/interactivity").has("request_url")).isFalse();
        assertThat(URI.create(url).getScheme()).isEqualTo("https");
        assertThat(Files.readString(NOTIFIER.resolve("http/SlackResource.java")))
                .contains("@Path(\"%s\")".formatted(URI.create(url).getPath()));
        for (String section : List.of("_metadata", "display_information", "features", "oauth_config")) {
            assertThat(socket.path(section)).isEqualTo(http.path(section));
        }
    }

    @Test
    void shouldBeAnAppManifestOfTeams() throws IOException {
        // Given / When
        JsonNode manifest = teams();

        // Then
        String version = manifest.path("manifestVersion").asText();
        assertThat(version).isEqualTo("1.17");
        assertThat(manifest.path("$schema").asText())
                .isEqualTo("https://developer.microsoft.com/json-schemas/teams/v%s/MicrosoftTeams.schema.json"
                        .formatted(version));
        assertThat(names(manifest))
                .containsExactlyInAnyOrder(
                        "$schema",
                        "manifestVersion",
                        "version",
                        "id",
                        "developer",
                        "name",
                        "description",
                        "icons",
                        "accentColor",
                        "bots",
                        "validDomains");
        assertThat(manifest.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(manifest.path("accentColor").asText()).matches("#[0-9a-fA-F]{6}");
        assertLengths(manifest.path("name"), Map.of("short", 30, "full", 100));
        assertLengths(manifest.path("description"), Map.of("short", 80, "full", 4_000));
        assertLengths(
                manifest.path("developer"),
                Map.of("name", 32, "websiteUrl", 2_048, "privacyUrl", 2_048, "termsOfUseUrl", 2_048));
    }

    @Test
    void shouldHaveABotInTeamsGroupChatsAndPersonalChats() throws IOException {
        // Given / When
        JsonNode bots = teams().path("bots");

        // Then
        assertThat(bots).hasSize(1);
        JsonNode bot = bots.path(0);
        assertThat(names(bot)).containsExactlyInAnyOrder("botId", "scopes", "isNotificationOnly", "supportsFiles");
        // Their case matters: the schema knows no groupchat.
        assertThat(texts(bot.path("scopes"))).containsExactlyInAnyOrder("team", "groupChat", "personal");
        assertThat(bot.path("isNotificationOnly")).isEqualTo(YAML.readTree("false"));
    }

    @Test
    void shouldMarkWhatHasToBeFilledInWithPlaceholdersThatAreOfTheRightForm() throws IOException {
        // Given / When
        JsonNode manifest = teams();

        // Then
        assertThat(List.of(
                        manifest.path("id").asText(),
                        manifest.at("/bots/0/botId").asText()))
                .containsOnly(PLACEHOLDER)
                .allMatch(id -> GUID.matcher(id).matches());
        assertThat(texts(manifest.path("validDomains"))).containsExactly(HOST);
        for (String url : List.of("websiteUrl", "privacyUrl", "termsOfUseUrl")) {
            assertThat(URI.create(manifest.path("developer").path(url).asText()))
                    .hasScheme("https")
                    .hasHost(HOST);
        }
    }

    @Test
    void shouldHaveIconsOfTheSizesThatTeamsWants() throws IOException {
        // Given
        JsonNode icons = teams().path("icons");
        assertThat(names(icons)).containsExactlyInAnyOrder("color", "outline");

        // When
        BufferedImage color = icon(icons.path("color").asText());
        BufferedImage outline = icon(icons.path("outline").asText());

        // Then
        assertThat(List.of(color.getWidth(), color.getHeight())).containsOnly(192);
        assertThat(List.of(outline.getWidth(), outline.getHeight())).containsOnly(32);
        assertThat(outline.getColorModel().hasAlpha()).isTrue();
        // White where there is anything, and transparent elsewhere.
        assertThat(IntStream.of(outline.getRGB(0, 0, 32, 32, null, 0, 32)))
                .contains(0xffffffff)
                .anyMatch(pixel -> pixel >>> 24 == 0)
                .allMatch(pixel -> pixel >>> 24 == 0 || (pixel & 0xffffff) == 0xffffff);
    }

    private static void assertLengths(JsonNode object, Map<String, Integer> longest) {
        assertThat(names(object)).containsExactlyInAnyOrderElementsOf(longest.keySet());
        longest.forEach((name, most) ->
                assertThat(object.path(name).asText()).as(name).isNotBlank().hasSizeLessThanOrEqualTo(most));
    }

    private static BufferedImage icon(String file) throws IOException {
        return Objects.requireNonNull(
                ImageIO.read(DEPLOY.resolve("teams").resolve(file).toFile()));
    }

    private static JsonNode slack(String file) throws IOException {
        return YAML.readTree(DEPLOY.resolve("slack").resolve(file).toFile());
    }

    /** JSON is YAML. */
    private static JsonNode teams() throws IOException {
        return YAML.readTree(DEPLOY.resolve("teams/manifest.json").toFile());
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
