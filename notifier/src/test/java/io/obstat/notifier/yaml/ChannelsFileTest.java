package io.obstat.notifier.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.Notice;
import io.obstat.notifier.webhook.Endpoint;
import io.obstat.notifier.webhook.WebhooksFile;
import io.obstat.notifier.yaml.ChannelsFile.UnusableChannelsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsFileTest {

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

    private List<Endpoint> resolve(String yaml) throws IOException {
        WebhooksFile webhooks = Objects.requireNonNull(read(yaml).webhook());
        return webhooks.resolve(directory, Map.of("LOCAL_SECRET", SECRET)::get);
    }

    private ChannelsFile read(String yaml) throws IOException {
        return ChannelsFile.read(Files.writeString(directory.resolve("channels.yaml"), yaml));
    }
}
