package io.obstat.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.local.process.Launch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part whose program is a shell: what is particular to none. */
class PartTest {

    /** Says that it is there, by a file, and stays. */
    private static final String STAYS = "echo started; touch ready; exec sleep 300";

    /** Neither one that {@link Ports#free} may give to a stack beside, nor one of outgoing connections. */
    private static final int PORT = 32_500;

    @TempDir
    private Path home = Path.of("");

    private Part part = shell(STAYS, PORT);

    @AfterEach
    void stop() {
        part.stop();
    }

    private Part shell(String script, int port) {
        return new Part(new Shell(home, script, port), new Directories(home, home), Duration.ofSeconds(30));
    }

    private record Shell(Path home, String script, int port) implements Recipe {
        @Override
        public PartName name() {
            return PartName.NOTIFIER;
        }

        @Override
        public String address() {
            return "here";
        }

        @Override
        public Launch prepare() {
            StackFiles.deleteAll(home.resolve("ready"));
            return new Launch(List.of("/bin/sh", "-c", script), Map.of(), home);
        }

        @Override
        public boolean isReady() {
            return Files.exists(home.resolve("ready"));
        }
    }

    @Test
    void shouldBeFoundAgainByAnotherProgramOverTheSameHome() {
        // Given
        part = shell(STAYS, PORT);
        part.start();

        // When
        Part found = shell(STAYS, PORT);

        // Then
        assertThat(found.state()).isEqualTo(Part.State.READY);
        assertThat(found.pid()).isEqualTo(part.pid()).isPresent();
    }

    @Test
    void shouldNotStartTwice() {
        // Given
        part = shell(STAYS, PORT);
        part.start();
        long pid = part.pid().orElseThrow();

        // When
        part.start();

        // Then
        assertThat(part.pid()).hasValue(pid);
    }

    @Test
    void shouldTellACrashFromAStop() {
        // Given
        part = shell(STAYS, PORT);
        part.start();

        // When
        part.kill();

        // Then
        assertThat(part.state()).isEqualTo(Part.State.CRASHED);

        // When
        part.stop();

        // Then
        assertThat(part.state()).isEqualTo(Part.State.DOWN);
    }

    @Test
    void shouldStartAgainAfterACrash() {
        // Given
        part = shell(STAYS, PORT);
        part.start();
        long before = part.pid().orElseThrow();
        part.kill();

        // When
        part.start();

        // Then
        assertThat(part.pid().orElseThrow()).isNotEqualTo(before);
        assertThat(part.log().tail(10)).containsExactly("started", "started");
    }

    @Test
    void shouldShowTheLastLinesOfWhatEndedWhileItStarted() {
        // Given
        part = shell("echo out of luck; exit 3", PORT);

        // When / Then
        assertThatThrownBy(part::start)
                .isInstanceOf(StackException.PartFailed.class)
                .hasMessageContaining("notifier")
                .hasMessageContaining("out of luck")
                .hasMessageContaining("notifier.log");
        assertThat(part.state()).isEqualTo(Part.State.DOWN);
    }

    @Test
    void shouldNameThePortAndItsOwnerWhenItIsTaken() throws IOException {
        // Given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            part = shell(STAYS, other.getLocalPort());

            // When / Then
            assertThatThrownBy(part::start)
                    .isInstanceOf(StackException.PortInUse.class)
                    .hasMessageContaining(String.valueOf(other.getLocalPort()))
                    .hasMessageContaining("notifier")
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--port-offset");
            assertThat(part.state()).isEqualTo(Part.State.DOWN);
        }
    }
}
