package io.obstat.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script in a checkout with nothing else in it: Maven and Java are fakes that say that they ran. */
class LauncherScriptTest {

    @TempDir
    private Path checkout = Path.of("");

    private Optional<ProcessHandle> maven = Optional.empty();

    private record Outcome(int status, String said) {}

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.copy(Path.of(System.getProperty("obstat.root", "../..")).resolve("obstat"), checkout.resolve("obstat"));
        program("mvnw", "echo $$ >maven.pid; exec sleep 300");
        program("jdk/bin/java", "echo \"java: $*\"");
        program("jdk/bin/javac", "echo javac 25.0.1");
    }

    @AfterEach
    void endMaven() {
        maven.ifPresent(ProcessHandle::destroyForcibly);
    }

    private void program(String name, String script) throws IOException {
        Path file = checkout.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of("bash", checkout.resolve("obstat").toString()), Arrays.stream(arguments))
                        .toList())
                .redirectErrorStream(true)
                .directory(checkout.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("HOME", checkout.toString());
        builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static Outcome outcome(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), said);
    }

    private boolean mavenRan() {
        return Files.exists(checkout.resolve("maven.pid"));
    }

    private Optional<ProcessHandle> findMaven() {
        try {
            String pid =
                    mavenRan() ? Files.readString(checkout.resolve("maven.pid")).strip() : "";
            return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldEndMavenWhenABuildIsInterrupted() throws IOException, InterruptedException {
        // Given
        Process building = start("build");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            maven = findMaven();
            return maven.isPresent();
        });

        // When
        building.toHandle().destroy();
        Outcome outcome = outcome(building);

        // Then
        assertThat(outcome.status()).isEqualTo(130);
        assertThat(maven).get().matches(process -> !process.isAlive(), "has ended");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldStartEveryPartOnceWhenMavenHasBuilt(int started) throws IOException, InterruptedException {
        // Given
        program("mvnw", "echo maven");
        program("jdk/bin/java", "echo \"java: $*\"; exit " + started);

        // When
        Outcome outcome = outcome(start("build"));

        // Then
        assertThat(outcome.status()).isZero();
        assertThat(outcome.said().contains("starts will be slow")).isEqualTo(started != 0);
        assertThat(checkout.resolve(".obstat/logs/build.log"))
                .content()
                .matches("(?s)maven\nObstat: .*\njava: .* io\\.obstat\\.local\\.Learning .*\n");
        assertThat(checkout.resolve("deploy/local/target/.built")).exists();
    }

    @Test
    void shouldStartNothingWhenTheBuildHasFailed() throws IOException, InterruptedException {
        // Given
        program("mvnw", "echo '[ERROR] no'; exit 1");

        // When
        Outcome outcome = outcome(start("build"));

        // Then
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.said()).contains("[ERROR] no", "The build failed");
        assertThat(checkout.resolve(".obstat/logs/build.log")).content().doesNotContain("java: ");
        assertThat(checkout.resolve("deploy/local/target/.built")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "demo", "status", "logs", "down", "bench", "test", "build", "chaos", "jdk"})
    void shouldExplainItselfWithoutBuilding(String command) throws IOException, InterruptedException {
        // When
        Outcome outcome = outcome(start(command, "--help"));

        // Then
        assertThat(outcome.status()).isZero();
        assertThat(outcome.said()).startsWith("Usage: ./obstat COMMAND").contains("\n  " + command + " ");
        assertThat(mavenRan()).isFalse();
    }

    @Test
    void shouldLetTheProgramExplainItselfWhereThereIsOne() throws IOException, InterruptedException {
        // Given
        Files.createDirectories(checkout.resolve("deploy/local/target/lib"));

        // When
        Outcome outcome = outcome(start("bench", "latency", "-h"));

        // Then
        assertThat(outcome.said()).startsWith("java: ").contains("bench latency -h");
        assertThat(outcome.status()).isZero();
        assertThat(mavenRan()).isFalse();
    }

    @Test
    void shouldNotBuildForACommandThatThereIsNot() throws IOException, InterruptedException {
        // When
        Outcome outcome = outcome(start("pu", "--fresh"));

        // Then
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.said()).contains("'pu'", "Usage: ./obstat COMMAND");
        assertThat(mavenRan()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "build", "chaos"})
    void shouldNotReplaceWhatRuns(String command) throws IOException, InterruptedException {
        // Given
        Path run = Files.createDirectories(checkout.resolve(".obstat/run"));
        Files.writeString(run.resolve("notifier.pid"), ProcessHandle.current().pid() + "\n0\n");

        // When
        Outcome outcome = outcome(start(command));

        // Then
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.said()).contains("./obstat down");
        assertThat(mavenRan()).isFalse();
    }
}
