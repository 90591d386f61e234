package io.obstat.notifier.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Routes;
import io.obstat.notifier.email.EmailAddress;
import io.obstat.notifier.email.EmailFile;
import io.obstat.notifier.email.EmailSettings;
import io.obstat.notifier.slack.SlackSettings;
import io.obstat.notifier.webhook.Endpoint;
import io.obstat.notifier.webhook.WebhooksFile;
import io.obstat.notifier.yaml.ChannelsFile.UnusableChannelsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsFileTest {

    private static final URI INBOX = URI.create("https://obstat.example.com/inbox");

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path directory;

    @Test
    void shouldReadEndpointsWithTheirSecretsFromElsewhere() throws IOException {
        // Given
        Files.writeString(directory.resolve("ops.secret"), SECRET + "\n");
        // When
        List<Endpoint> endpoints = resolve("""
                webhook:
                  allowedHosts:
                    - host: hooks.example.com
                    - {host: localhost, plaintext: true, privateAddresses: true}
                  endpoints:
                    - id: ops
                      url: https://hooks.example.com/obstat
                      secretFile: ops.secret
                      events: [approval.required]
                    - id: local
                      url: http://localhost:9000/
                      secretEnv: LOCAL_SECRET
                """);
        // Then
        assertThat(endpoints).extracting(Endpoint::id).containsExactly("ops", "local");
        assertThat(endpoints.getFirst().kinds()).containsExactly(Notice.Kind.APPROVAL_REQUIRED);
        assertThat(endpoints.getFirst().host().allowsPrivateAddresses()).isFalse();
        assertThat(endpoints.get(1).kinds()).isEqualTo(EnumSet.complementOf(EnumSet.of(Notice.Kind.REVIEW_REFUSED)));
    }

    @Test
    void shouldTellNobodyWhenThereAreOnlyComments() throws IOException {
        assertThat(read("# nobody yet\n")).isEqualTo(ChannelsFile.empty());
    }

    @Test
    void shouldReadTheFileThatTheLauncherShips() {
        // Given
        Path shipped = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."))
                .resolve("deploy/local/config/channels.yaml");
        // When
        ChannelsFile file = ChannelsFile.read(shipped);
        // Then
        assertThat(file.webhook()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    webhooks: {}                                          | webhooks is not a known field
                    webhook: {endpoint: []}                               | webhook.endpoint is not a known field
                    webhook: [1]                                          | webhook must be an object
                    webhook: {allowedHosts: [{host: '*.example.com'}]}    | webhook.allowedHosts[0].host is '*.example.com'
                    webhook: {endpoints: [{id: Ops, url: u}]}             | webhook.endpoints[0].id is 'Ops'
                    webhook: {endpoints: [{id: ops, url: u}]}             | webhook.endpoints[0].secretFile or secretEnv must be given
                    slack: {}                                             | slack.team is missing
                    slack: {team: acme, app: A1, botToken: {env: B}}      | slack.team is 'acme'; it must be an id such as T024BE7LD
                    slack: {team: T1, app: T1, botToken: {env: B}}        | slack.app is 'T1'; it must be an id such as A0KRD7HC3
                    slack: {team: T1, app: A1, appToken: {env: A}}        | slack.botToken is missing
                    slack: {team: T1, app: A1, botToken: {env: B}}        | slack.signingSecret or appToken must be given; without one of them
                    slack: {team: T1, app: A1, botToken: {}}              | slack.botToken.env or file must be given, and not both; name
                    slack: {team: T1, app: A1, botToken: xoxb-1}          | slack.botToken must be an object
                    slack: {team: T1, app: A1, botToken: {env: B}, appToken: {env: A}, secret: x} | slack.secret is not a known field
                    teams: {tenant: x}                                    | teams.app is missing
                    teams: {app: obstat}                                  | teams.app is 'obstat'; it must be a UUID, as the Azure portal shows it
                    teams: {app: 5b3c8a1e-0000-4000-8000-00000000000a, tenant: acme} | teams.tenant is 'acme'; it must be a UUID
                    teams: {app: 5b3c8a1e-0000-4000-8000-00000000000a, tenant: 5b3c8a1e-0000-4000-8000-00000000000b} | teams.appSecret is missing
                    routes: {groups: [{of: [a]}]}                         | routes.groups[0].tell is missing
                    routes: {groups: [{tell: []}]}                        | routes.groups[0].of is empty; name the groups
                    routes: {groups: [{of: [], tell: []}]}                | routes.groups[0].of is empty; name the groups
                    routes: {groups: [{of: [a], tell: [null]}]}           | routes.groups[0].tell[0] is missing
                    routes: {group: []}                                   | routes.group is not a known field
                    a: 1: 2                                               | is not YAML
                    """)
    void shouldNameFileAndFieldOfWhatIsWrong(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(UnusableChannelsException.class)
                .hasMessageContaining("channels.yaml: ")
                .hasMessageContaining(message);
    }

    @Test
    void shouldNameAFileThatIsNotThere() {
        assertThatThrownBy(() -> ChannelsFile.read(directory.resolve("channels.yaml")))
                .isInstanceOf(UnusableChannelsException.class)
                .hasMessageContaining("channels.yaml: cannot be read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://elsewhere.example.com/     | leads to the host elsewhere.example.com, which is not in allowedHosts
                    http://hooks.example.com/          | use https, or set plaintext
                    ftp://hooks.example.com/           | use https
                    https://user:pw@hooks.example.com/ | without user
                    https://hooks.example.com/#a       | without user or fragment
                    /relative                          | give an address such as https
                    """)
    void shouldRefuseAddressesThatMayNotBeAddressed(String url, String message) {
        assertThatThrownBy(() -> resolve("""
                        webhook:
                          allowedHosts: [{host: hooks.example.com}]
                          endpoints: [{id: ops, url: '%s', secretEnv: LOCAL_SECRET}]
                        """.formatted(url)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("webhook.endpoints[ops].url")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    secretEnv: UNSET                                       | secretEnv names the variable UNSET, which is not set
                    secretFile: nowhere                                    | secretFile names
                    secretEnv: LOCAL_SECRET, events: [approval.requested]  | events names 'approval.requested'; there are [approval.required
                    """)
    void shouldNameTheEndpointThatCannotBeUsed(String fields, String message) {
        assertThatThrownBy(() -> resolve("""
                        webhook:
                          allowedHosts: [{host: hooks.example.com}]
                          endpoints: [{id: ops, url: 'https://hooks.example.com', %s}]
                        """.formatted(fields)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("webhook.endpoints[ops].")
                .hasMessageContaining(message);
    }

    @Test
    void shouldReadTheChatsAndWhereInThemPeopleAreTold() throws IOException {
        // Given
        Files.writeString(directory.resolve("bot"), "xoxb-1\n");

        // When
        ChannelsFile file = read("""
                slack: {team: T1, app: A1, botToken: {file: bot}, signingSecret: {env: SIGNING}}
                routes:
                  groups:
                    - {of: [data-governance], rules: [exports], tell: ['slack:C1', 'teams:19:a@thread.tacv2']}
                    - {of: [legal], tell: []}
                  otherwise: ['slack:C2']
                """);

        // Then
        SlackSettings slack = slack(file);
        assertThat(slack.botToken()).isEqualTo("xoxb-1");
        assertThat(slack.signingSecret()).isEqualTo("shh");
        assertThat(slack.appToken()).isNull();
        assertThat(slack).asString().doesNotContain("xoxb", "shh");
        assertThat(routes(file))
                .isEqualTo(new Routes(
                        List.of(
                                new Routes.Route(
                                        Set.of("data-governance"),
                                        Set.of("exports"),
                                        List.of(
                                                new Recipient("slack", "C1"),
                                                new Recipient("teams", "19:a@thread.tacv2"))),
                                new Routes.Route(Set.of("legal"), Set.of(), List.of())),
                        List.of(new Recipient("slack", "C2"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    botToken: {env: SIGNING}, appToken: {env: APP} | slack.botToken does not begin with xoxb-; take the token of that kind
                    botToken: {env: BOT}, appToken: {env: BOT}     | slack.appToken does not begin with xapp-; take the token of that kind
                    botToken: {env: BOT}, appToken: {env: UNSET}   | slack.appToken names the variable UNSET, which is not set; put
                    botToken: {env: BOT}, signingSecret: {file: x} | slack.signingSecret names
                    """)
    void shouldNameTheSecretThatIsNotThere(String secrets, String message) {
        assertThatThrownBy(() -> slack(read("slack: {team: T1, app: A1, %s}".formatted(secrets))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContainingAny("shh", "xoxb-2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    groups: [{of: [a], tell: ['slack:C1', 'mail:x']}] | routes.groups[0].tell has "mail:x"; name a channel that is configured here ([slack, teams])
                    groups: [{of: [a], tell: [C1]}]                   | routes.groups[0].tell has "C1"; name a channel
                    groups: [{of: [a], tell: ['slack:']}]             | routes.groups[0].tell has "slack:"; name a channel
                    groups: [{of: [a], tell: ['slack: ']}]            | routes.groups[0].tell has "slack: "; name a channel
                    otherwise: [':C1']                                | routes.otherwise has ":C1"; name a channel
                    """)
    void shouldNameTheRouteThatLeadsNowhere(String routes, String message) {
        assertThatThrownBy(() -> routes(read("routes: {%s}".formatted(routes))))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldReadTheEmailSection() throws IOException {
        // When
        ChannelsFile usual = read("email: {from: obstat@example.com}");
        ChannelsFile file = read("""
                email: {from: Obstat <obstat@example.com>, digestEvery: PT1H}
                routes: {otherwise: ['email:Ann.O+x@mail.example.com']}
                """);

        // Then
        assertThat(email(usual, "smtp.example.com").every()).isEqualTo(Duration.ofMinutes(15));
        assertThat(email(file, "smtp.example.com"))
                .isEqualTo(new EmailSettings(
                        "Obstat <obstat@example.com>",
                        new EmailAddress("obstat@example.com"),
                        Duration.ofHours(1),
                        Duration.ofSeconds(10),
                        INBOX));
        assertThat(Objects.requireNonNull(file.routes())
                        .resolve(Set.of("email"), true)
                        .otherwise())
                .containsExactly(new Recipient("email", "Ann.O+x@mail.example.com"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    digestEvery: PT15M                                              | email.from is missing
                    from: "Obstat <a@example.com>\\r\\nBcc: b@example.com"           | email.from is "Obstat <a@example.com>\\u000d\\u000aBcc: b@example.com"; it must be an address
                    from: Obstat                                                    | email.from is "Obstat"; it must be an address such as
                    from: 'a@example.com, b@example.com'                            | email.from is "a@example.com, b@example.com"; it must be
                    from: a@example.com, digestEvery: PT59S                         | email.digestEvery is PT59S; it must be PT1M to PT12H
                    from: a@example.com, digestEvery: PT12H1S                       | email.digestEvery is PT12H1S; it must be PT1M to PT12H
                    """)
    void shouldNameWhatIsWrongInTheEmailSection(String section, String message) {
        assertThatThrownBy(() -> read("email: {%s}".formatted(section)))
                .isInstanceOf(UnusableChannelsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldSendNoMailWithoutAServerAndNoDigestThatIsGivenUpBeforeItsTime() throws IOException {
        // Given
        ChannelsFile file = read("email: {from: a@example.com, digestEvery: PT12H}");

        // When / Then
        assertThatThrownBy(() -> email(file, EmailFile.NO_HOST))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("set quarkus.mailer.host (QUARKUS_MAILER_HOST)");
        assertThatThrownBy(() -> Objects.requireNonNull(file.email())
                        .resolve("smtp.example.com", Duration.ofHours(23), Duration.ofSeconds(10), INBOX))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("email.digestEvery is PT12H; it must be at most half of retry.give-up-after, PT23H");
    }

    @Test
    void shouldTellMembersWhereItIsKnownWhoTheyAre() throws IOException {
        // Given
        RoutesFile routes = Objects.requireNonNull(
                read("routes: {groups: [{of: [oncall], tell: ['slack:@members', 'email:@members']}]}")
                        .routes());
        Set<String> channels = new TreeSet<>(Set.of("slack", "email"));

        // When, Then
        assertThat(routes.resolve(channels, true).tellsMembers()).isTrue();
        assertThatThrownBy(() -> routes.resolve(channels, false))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage(
                        "routes has a place @members, and who is in a group is not known; set obstat.notifier.directory.url");
        assertThatThrownBy(() -> Objects.requireNonNull(
                                read("routes: {otherwise: ['slack:@everyone']}").routes())
                        .resolve(channels, true))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("a colon and who or where it is there, or @members");
    }

    @ParameterizedTest
    @CsvSource({"Ann <ann@example.com>", "ann", "@example.com", "a b@example.com", "a@b@example.com", "ann@example.com."
    })
    void shouldNameThePlaceThatIsNoAddress(String place) {
        assertThatThrownBy(() -> Objects.requireNonNull(read("routes: {otherwise: ['email:%s']}".formatted(place))
                                .routes())
                        .resolve(Set.of("email"), true))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("routes.otherwise has \"email:%s\"; name an address such as email:ann@example.com"
                        .formatted(place));
    }

    private static EmailSettings email(ChannelsFile file, String host) {
        return Objects.requireNonNull(file.email()).resolve(host, Duration.ofHours(24), Duration.ofSeconds(10), INBOX);
    }

    private SlackSettings slack(ChannelsFile file) {
        return Objects.requireNonNull(file.slack())
                .resolve(
                        directory,
                        Map.of("BOT", "xoxb-2", "SIGNING", "shh")::get,
                        URI.create("https://slack.com/api/"),
                        Duration.ofSeconds(10));
    }

    private static Routes routes(ChannelsFile file) {
        return Objects.requireNonNull(file.routes()).resolve(new TreeSet<>(Set.of("slack", "teams")), true);
    }

    private List<Endpoint> resolve(String yaml) throws IOException {
        WebhooksFile webhooks = Objects.requireNonNull(read(yaml).webhook());
        return webhooks.resolve(directory, Map.of("LOCAL_SECRET", SECRET)::get);
    }

    private ChannelsFile read(String yaml) throws IOException {
        return ChannelsFile.read(Files.writeString(directory.resolve("channels.yaml"), yaml));
    }
}
