package io.obstat.notifier.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.InvalidFieldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", " xoxb-1\n", "BLANK", "  ");

    @TempDir
    Path directory;

    @Test
    void shouldComeFromTheEnvironmentOrAFileWithoutBlanksAround() throws IOException {
        // Given
        Files.writeString(directory.resolve("token"), "xoxb-2\n");

        // When, Then
        assertThat(resolve(new Secret("TOKEN", null))).isEqualTo("xoxb-1");
        assertThat(resolve(new Secret(null, "token"))).isEqualTo("xoxb-2");
    }

    @Test
    void shouldSayWhichVariableIsMissing() {
        for (String variable : new String[] {"UNSET", "BLANK"}) {
            assertThatThrownBy(() -> resolve(new Secret(variable, null)))
                    .isInstanceOf(InvalidFieldException.class)
                    .hasMessage("slack.botToken names the variable %s, which is not set; put the secret there"
                            .formatted(variable));
        }
    }

    @Test
    void shouldSayWhichFileIsMissingOrEmpty() throws IOException {
        // Given
        Files.writeString(directory.resolve("empty"), "\n");

        // When, Then
        assertThatThrownBy(() -> resolve(new Secret(null, "nowhere")))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("slack.botToken names %s, which cannot be read; put the secret there"
                        .formatted(directory.resolve("nowhere")));
        assertThatThrownBy(() -> resolve(new Secret(null, "empty")))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("slack.botToken names empty, which is empty; put the secret there");
    }

    @Test
    void shouldBeInOnePlace() {
        assertThatThrownBy(() -> new Secret(null, null)).hasMessageContaining("name where the secret is kept");
        assertThatThrownBy(() -> new Secret("TOKEN", "token")).hasMessageContaining("not both");
    }

    private String resolve(Secret secret) {
        return secret.resolve("slack.botToken", directory, ENVIRONMENT::get);
    }
}
