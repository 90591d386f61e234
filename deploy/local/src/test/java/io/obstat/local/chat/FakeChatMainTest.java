package io.obstat.local.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.local.Directories;
import io.obstat.local.LocalStack;
import io.obstat.local.Part;
import io.obstat.local.PartName;
import io.obstat.local.StackSpec;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeChatMainTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void shouldShareItsSecretsWithTheNotifierOfTheSameHome() {
        // Given
        StackSpec spec = StackSpec.of(Directories.in(directory)).withFakeChat();
        Map<String, String> notifier = spec.environment().getOrDefault(PartName.NOTIFIER, Map.of());
        Map<String, String> environment =
                new TreeMap<>(new ChatSecrets(spec.directories().keys()).environment());
        environment.put(FakeChatMain.PORT, "8086");
        environment.put(FakeChatMain.MAIL_PORT, "2525");
        environment.put(FakeChatMain.NOTIFIER_URL, "http://localhost:8083");

        // When
        FakeChatSettings settings = FakeChatMain.settings(environment);

        // Then
        assertThat(notifier)
                .containsEntry("SLACK_BOT_TOKEN", settings.slack().secrets().botToken())
                .containsEntry(
                        "SLACK_SIGNING_SECRET", settings.slack().secrets().signingSecret())
                .containsEntry("TEAMS_APP_SECRET", settings.teams().appSecret())
                .containsEntry("OBSTAT_NOTIFIER_SLACK_API_URL", "http://localhost:8086/slack/api/")
                .containsEntry("OBSTAT_NOTIFIER_TEAMS_SERVICE_URL", "http://localhost:8086/teams/");
        assertThat(settings.teams().bot()).isEqualTo(URI.create("http://localhost:8083/v1/teams/messages"));
        assertThat(settings.slack().rateLimited()).isTrue();
        assertThat(notifier)
                .containsEntry("QUARKUS_MAILER_HOST", "localhost")
                .containsEntry("QUARKUS_MAILER_PORT", String.valueOf(settings.mailPort()));
    }

    @Test
    void shouldNameTheVariableThatIsMissing() {
        // When / Then
        assertThatThrownBy(() -> FakeChatMain.settings(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OBSTAT_FAKE_CHAT_NOTIFIER_URL")
                .hasMessageContaining("--with-fake-chat");
    }

    @Test
    void shouldBePartOfAStackOnlyWhenAskedFor() {
        // Given
        StackSpec spec = StackSpec.of(Directories.in(directory));

        // When / Then
        assertThat(LocalStack.of(spec).parts()).extracting(Part::name).doesNotContain(PartName.FAKE_CHAT);
        assertThat(spec.environment()).isEmpty();
        assertThat(LocalStack.of(spec.withFakeChat()).parts())
                .extracting(Part::name)
                .contains(PartName.FAKE_CHAT);
        assertThat(PartName.FAKE_CHAT.isService()).isFalse();
    }
}
