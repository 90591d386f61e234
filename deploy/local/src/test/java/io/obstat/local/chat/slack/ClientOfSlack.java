package io.obstat.local.chat.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.HandClock;
import io.obstat.local.chat.SlackSettings;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

/** Slack's own client, before the fake Slack. */
abstract class ClientOfSlack {

    static final String DATA = "C0DATA";

    private final SlackConfig config = new SlackConfig();
    private final Slack slack = Slack.getInstance(config);

    final HandClock clock = new HandClock();
    FakeChat chat = FakeChat.start(FakeChatSettings.standard(), clock);
    MethodsClient app = client(SlackSettings.standard().secrets().botToken());

    final MethodsClient client(String token) {
        config.setMethodsEndpointUrlPrefix(chat.url() + "/slack/api/");
        config.setStatsEnabled(false);
        return slack.methods(token);
    }

    @AfterEach
    void close() throws Exception {
        slack.close();
        chat.close();
    }

    final ChatPostMessageResponse post(String text) throws IOException, SlackApiException {
        return app.chatPostMessage(request -> request.channel(DATA).text(text));
    }
}
