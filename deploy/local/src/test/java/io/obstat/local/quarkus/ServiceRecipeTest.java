package io.obstat.local.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.local.Directories;
import io.obstat.local.Endpoints;
import io.obstat.local.Infrastructure;
import io.obstat.local.PartName;
import io.obstat.local.Ports;
import io.obstat.local.StackException;
import io.obstat.local.VirtualMachines;
import io.obstat.local.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceRecipeTest {

    private static final Ports PORTS = Ports.standard().shiftedBy(1_000);

    @TempDir
    private Path root = Path.of("");

    @BeforeEach
    void build() throws IOException {
        for (PartName name : PartName.values()) {
            Path app = Files.createDirectories(root.resolve(name.label()).resolve("target/quarkus-app"));
            Files.writeString(app.resolve("quarkus-run.jar"), "a jar");
            Files.writeString(app.resolve("quarkus-app-dependencies.txt"), "what it needs");
        }
        Path config = Files.createDirectories(root.resolve("deploy/local/config"));
        Files.copy(Path.of("config/agents.yaml"), config.resolve("agents.yaml"));
    }

    private Launch prepare(PartName name, Map<String, String> extra) {
        return recipe(name, extra).prepare();
    }

    private ServiceRecipe recipe(PartName name, Map<String, String> extra) {
        return new ServiceRecipe(
                name,
                Directories.in(root),
                new Endpoints(PORTS, Infrastructure.own()),
                VirtualMachines.of(Directories.in(root)),
                extra);
    }

    @ParameterizedTest
    @EnumSource(
            value = PartName.class,
            names = {"BROKER", "POSTGRES", "ISSUER", "FAKE_CHAT"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldTellEveryServiceWhereEverythingIs(PartName name) {
        // When
        Launch launch = prepare(name, Map.of());

        // Then
        assertThat(launch.environment())
                .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1")
                .containsEntry("QUARKUS_HTTP_PORT", String.valueOf(PORTS.of(name)))
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "localhost:10092")
                .containsEntry("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://localhost:6433/obstat")
                .containsEntry("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:6433/obstat")
                .containsEntry("QUARKUS_OIDC_AUTH_SERVER_URL", "http://localhost:9090/obstat");
        assertThat(launch.command())
                .contains("-jar")
                .last()
                .asString()
                .endsWith(name + "/target/quarkus-app/quarkus-run.jar");
    }

    @Test
    void shouldSignWithAKeyThatStays() throws IOException {
        // Given
        String file = String.valueOf(
                prepare(PartName.DECISION_SERVICE, Map.of()).environment().get("OBSTAT_DECISION_SIGNING_KEY_FILE"));
        String key = Files.readString(Path.of(file));

        // When
        prepare(PartName.DECISION_SERVICE, Map.of());

        // Then
        assertThat(key).contains("Ed25519");
        assertThat(Files.readString(Path.of(file))).isEqualTo(key);
    }

    @Test
    void shouldGiveTheIntakeARegistryWithThePipelinesPublicKeyOnly() throws IOException {
        // When
        Launch launch = prepare(PartName.REQUEST_INTAKE, Map.of());

        // Then
        String registry =
                Files.readString(Path.of(String.valueOf(launch.environment().get("OBSTAT_INTAKE_AGENTS_FILE"))));
        assertThat(registry).contains("nightly-pipeline", "crv: Ed25519").doesNotContain(" d:", "keys: []");
    }

    @Test
    void shouldTellTheDecisionsWhoIsWho() {
        // When
        Launch launch = prepare(PartName.DECISION_SERVICE, Map.of());

        // Then
        assertThat(launch.environment())
                .containsEntry(
                        "OBSTAT_DECISION_DIRECTORY_FILE",
                        root.resolve("deploy/local/config/directory.yaml").toString());
    }

    @Test
    void shouldLetAVariableBeReplaced() {
        // When
        Launch launch = prepare(PartName.POLICY_ENGINE, Map.of("OBSTAT_POLICY_FILE", "/elsewhere/policy.yaml"));

        // Then
        assertThat(launch.environment()).containsEntry("OBSTAT_POLICY_FILE", "/elsewhere/policy.yaml");
    }

    @Test
    void shouldSayWhatToDoWhenItWasNotBuilt() throws IOException {
        // Given
        Files.delete(root.resolve("notifier/target/quarkus-app/quarkus-run.jar"));

        // When / Then
        assertThatThrownBy(recipe(PartName.NOTIFIER, Map.of())::prepare)
                .isInstanceOf(StackException.Missing.class)
                .hasMessageContaining("notifier")
                .hasMessageContaining("./obstat build");
    }
}
