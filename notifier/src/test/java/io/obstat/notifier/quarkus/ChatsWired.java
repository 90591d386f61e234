package io.obstat.notifier.quarkus;

import static org.awaitility.Awaitility.await;

import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.slack.SlackMessage;
import io.obstat.local.chat.teams.TeamsMessage;
import io.obstat.notifier.Samples;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** What a test of the notifier between Kafka and both chats has at hand. */
abstract class ChatsWired {

    static final String SLACK = "C0DATA";
    static final String TEAMS = "19:data@thread.tacv2";

    @Inject
    Wire wire;

    @TestHTTPResource
    URI notifier;

    final FakeChat chat = Surroundings.chat();

    @BeforeEach
    void connect() {
        chat.slack().interactivity(notifier.resolve("/v1/slack/interactions"));
        chat.teams().bot(notifier.resolve("/v1/teams/messages"));
    }

    final void asked(String key) {
        send("verdicts", Samples.approvalRequired(key, "for-chat"));
        inSlack(key);
        inTeams(key);
    }

    final void send(String channel, Envelope<ActionEvent> event) {
        wire.send(channel, EventCodec.encode(event)).join();
    }

    final SlackMessage inSlack(String key) {
        return await().until(() -> slackCards(key), cards -> !cards.isEmpty()).getFirst();
    }

    final List<SlackMessage> slackCards(String key) {
        return chat.slack().messages(SLACK).stream()
                .filter(message -> !message.isReply()
                        && message.text().endsWith("#" + Samples.action(key).shortForm()))
                .toList();
    }

    final TeamsMessage inTeams(String key) {
        return await().until(() -> teamsCards(key), cards -> !cards.isEmpty()).getFirst();
    }

    final List<TeamsMessage> teamsCards(String key) {
        return chat.teams().messages(TEAMS).stream()
                .filter(message -> !message.isReply()
                        && message.words().contains("#" + Samples.action(key).shortForm()))
                .toList();
    }
}
