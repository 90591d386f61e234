package io.obstat.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with an environment that knows nothing. */
class JdkDiscoveryTest {

    @TempDir
    private Path directory = Path.of("");

    private record Outcome(int status, String said) {}

    private Outcome run(String javaHome) throws IOException, InterruptedException {
        Path script = Path.of(System.getProperty("obstat.root", "../.."))
                .resolve("obstat")
                .toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString(), "jdk")
                .redirectErrorStream(true)
                .directory(directory.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("HOME", directory.toString());
        builder.environment()
                .put("OBSTAT_JVM_DIRECTORY", directory.resolve("jvm").toString());
        if (!javaHome.isEmpty()) {
            builder.environment().put("JAVA_HOME", javaHome);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), said);
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve("jvm").resolve(name);
        Path bin = Files.createDirectories(home.resolve("bin"));
        for (String program : new String[] {"java", "javac"}) {
            Path file = bin.resolve(program);
            Files.writeString(file, "#!/bin/sh\necho \"%s %s\"\n".formatted(program, version));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return home;
    }

    @Test
    void shouldFindAJdkAmongOlderOnes() throws IOException, InterruptedException {
        // Given
        jdk("a-17", "17.0.15");
        Path fit = jdk("b-25", "25.0.1");

        // When
        Outcome outcome = run("");

        // Then
        assertThat(outcome.said()).isEqualTo(fit + "\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void shouldPreferTheJdkOfTheEnvironment() throws IOException, InterruptedException {
        // Given
        jdk("b-25", "25.0.1");
        Path chosen = jdk("c-21", "21.0.4");

        // When
        Outcome outcome = run(chosen.toString());

        // Then
        assertThat(outcome.said()).isEqualTo(chosen + "\n");
    }

    @Test
    void shouldGoOnWhenTheJdkOfTheEnvironmentIsTooOld() throws IOException, InterruptedException {
        // Given
        Path old = jdk("a-17", "17.0.15");
        Path fit = jdk("b-25", "25-ea");

        // When
        Outcome outcome = run(old.toString());

        // Then
        assertThat(outcome.said()).isEqualTo(fit + "\n");
    }

    @Test
    void shouldSayWhatToInstallWhenThereIsNone() throws IOException, InterruptedException {
        // Given
        jdk("a-17", "17.0.15");

        // When
        Outcome outcome = run("");

        // Then
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.said()).contains("JDK 21 or newer", "apt install", "brew install", "JAVA_HOME");
    }
}
