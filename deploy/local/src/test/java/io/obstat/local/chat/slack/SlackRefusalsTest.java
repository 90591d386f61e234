package io.obstat.local.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.methods.SlackApiException;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.SlackSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Web API refuses, as Slack's own client sees it. */
class SlackRefusalsTest extends ClientOfSlack {

    @Test
    void shouldRefuseTokensThatAreNotItsOwn() throws Exception {
        // When / Then
        assertThat(client("xoxb-somebody-elses").authTest(request -> request).getError())
                .isEqualTo("invalid_auth");
        assertThat(client("").authTest(request -> request).getError()).isEqualTo("not_authed");
        assertThat(client(SlackSettings.standard().secrets().appToken())
                        .authTest(request -> request)
                        .getError())
                .isEqualTo("not_allowed_token_type");
        assertThat(app.appsConnectionsOpen(request ->
                                request.token(SlackSettings.standard().secrets().botToken()))
                        .getError())
                .isEqualTo("not_allowed_token_type");
    }

    @Test
    void shouldRefuseChannelsInWhichTheAppIsNot() throws Exception {
        // Given
        chat.slack().hasApp(DATA, false);

        // When / Then
        assertThat(post("Hello").getError()).isEqualTo("not_in_channel");
        assertThat(app.chatPostMessage(request -> request.channel("C0NONE").text("Hello"))
                        .getError())
                .isEqualTo("channel_not_found");
    }

    @Test
    void shouldRefuseTextThatIsMissingOrTooLong() throws Exception {
        // When / Then
        assertThat(post("").getError()).isEqualTo("no_text");
        assertThat(post("x".repeat(40_000)).isOk()).isTrue();
        assertThat(post("x".repeat(40_001)).getError()).isEqualTo("msg_too_long");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                                   | invalid_blocks_format | ''
                    [{"type":"poem"}]                                                                    | invalid_blocks        | [ERROR] unsupported type: poem [json-pointer:/blocks/0/type]
                    [{"type":"divider","colour":"red"}]                                                  | invalid_blocks        | [ERROR] invalid additional property: colour [json-pointer:/blocks/0]
                    [{"type":"section","text":{"type":"mrkdwn","text":""}}]                              | invalid_blocks        | [ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]
                    [{"type":"header","text":{"type":"mrkdwn","text":"x"}}]                              | invalid_blocks        | [ERROR] must be one of [plain_text] [json-pointer:/blocks/0/text/type]
                    [{"type":"actions","elements":[]}]                                                   | invalid_blocks        | [ERROR] no fewer than 1 items allowed [json-pointer:/blocks/0/elements]
                    """)
    void shouldRefuseBlocksAndSayWhereTheyAreWrong(String blocks, String error, String message) throws Exception {
        // When
        var answer =
                app.chatPostMessage(request -> request.channel(DATA).text("x").blocksAsString(blocks));

        // Then
        assertThat(answer.getError()).isEqualTo(error);
        if (!message.isEmpty()) {
            assertThat(answer.getResponseMetadata().getMessages()).contains(message);
        }
        assertThat(chat.slack().messages(DATA)).isEmpty();
    }

    @Test
    void shouldRefuseAllBlocksTogetherWhenTheyHoldTooMuch() throws Exception {
        // Given five sections of 2,500 characters, each of which is fine
        String section =
                "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"%s\"}}".formatted("x".repeat(2_500));

        // When
        var answer = app.chatPostMessage(request -> request.channel(DATA)
                .text("x")
                .blocksAsString("[" + String.join(",", List.of(section, section, section, section, section)) + "]"));

        // Then
        assertThat(answer.getError()).isEqualTo("msg_blocks_too_long");
    }

    @Test
    void shouldSlowDownWhoPostsTooOften() throws Exception {
        // Given
        chat.close();
        chat = FakeChat.start(
                FakeChatSettings.standard().with(SlackSettings.standard().withRateLimits()), clock);
        app = client(SlackSettings.standard().secrets().botToken());
        for (int i = 0; i < 4; i++) {
            assertThat(post("hello").isOk()).isTrue();
        }

        // When / Then
        assertThatThrownBy(() -> post("too often")).isInstanceOfSatisfying(SlackApiException.class, e -> {
            assertThat(e.getResponse().code()).isEqualTo(429);
            assertThat(e.getResponse().header("Retry-After")).isEqualTo("1");
        });

        // When
        clock.pass(Duration.ofSeconds(1));

        // Then
        assertThat(post("in time").isOk()).isTrue();
        assertThat(chat.slack().messages(DATA)).hasSize(5);
    }
}
