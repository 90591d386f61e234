package io.obstat.local.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.model.Message;
import com.slack.api.model.block.Blocks;
import com.slack.api.model.block.composition.BlockCompositions;
import com.slack.api.model.block.element.BlockElements;
import com.slack.api.model.block.element.RichTextSectionElement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Web API, as Slack's own client sees it. */
class FakeSlackTest extends ClientOfSlack {

    @Test
    void shouldKeepWhatIsPosted() throws Exception {
        // When
        ChatPostMessageResponse answer = app.chatPostMessage(request -> request.channel(DATA)
                .text("An agent asks")
                .blocks(List.of(
                        Blocks.header(header -> header.text(BlockCompositions.plainText("Export customers"))),
                        Blocks.richText(text -> text.elements(List.of(BlockElements.richTextSection(
                                section -> section.elements(List.of(RichTextSectionElement.Text.builder()
                                        .text("*not bold*")
                                        .build())))))),
                        Blocks.actions(actions -> actions.blockId("answer")
                                .elements(List.of(BlockElements.button(button -> button.actionId("approve")
                                        .value("act_1")
                                        .style("primary")
                                        .text(BlockCompositions.plainText("Approve"))))))))
                .metadata(Message.Metadata.builder()
                        .eventType("obstat_card")
                        .eventPayload(Map.of("action", "act_1"))
                        .build()));

        // Then
        assertThat(answer.isOk()).as(answer.getError()).isTrue();
        SlackMessage message = chat.slack().messages(DATA).getFirst();
        assertThat(message.ts()).isEqualTo(answer.getTs());
        assertThat(message.actionIds()).containsExactly("approve");
        assertThat(message.words()).contains("Export customers", "*not bold*");
        assertThat(message.metadata().path("event_payload").path("action").asText())
                .isEqualTo("act_1");
        assertThat(app.authTest(request -> request).getTeamId()).isEqualTo("T0OBSTAT");
        assertThat(chat.slack().calls("chat.postMessage")).isEqualTo(1);
    }

    @Test
    void shouldChangeAMessageAndKeepWhatIsNotSaidAnew() throws Exception {
        // Given
        String ts = post("before").getTs();

        // When
        var answer = app.chatUpdate(request -> request.channel(DATA).ts(ts).text("after"));

        // Then
        assertThat(answer.isOk()).isTrue();
        assertThat(chat.slack().message(DATA, ts).orElseThrow().text()).isEqualTo("after");
        assertThat(chat.slack().message(DATA, ts).orElseThrow().editedTs()).isNotNull();
        assertThat(app.chatUpdate(
                                request -> request.channel(DATA).ts("1.000001").text("after"))
                        .getError())
                .isEqualTo("message_not_found");
    }

    @Test
    void shouldTellThreadsFromTheChannel() throws Exception {
        // Given
        String ts = post("root").getTs();
        String reply = app.chatPostMessage(
                        request -> request.channel(DATA).text("reply").threadTs(ts))
                .getTs();

        // When
        var history = app.conversationsHistory(request -> request.channel(DATA));
        var replies = app.conversationsReplies(request -> request.channel(DATA).ts(ts));

        // Then
        assertThat(history.getMessages()).extracting(Message::getTs).containsExactly(ts);
        assertThat(replies.getMessages()).extracting(Message::getTs).containsExactly(ts, reply);
        assertThat(chat.slack().thread(DATA, ts)).hasSize(1);
        assertThat(app.chatPostMessage(
                                request -> request.channel(DATA).text("deeper").threadTs(reply))
                        .getError())
                .isEqualTo("cannot_reply_to_message");
    }

    @Test
    void shouldFindMessagesByTheirMetadataAndAge() throws Exception {
        // Given
        post("old");
        clock.pass(Duration.ofHours(1));
        String since = String.valueOf(clock.instant().getEpochSecond());
        clock.pass(Duration.ofSeconds(1));
        app.chatPostMessage(request -> request.channel(DATA)
                .text("new")
                .metadata(Message.Metadata.builder()
                        .eventType("obstat_card")
                        .eventPayload(Map.of("delivery", "d1"))
                        .build()));

        // When
        var history = app.conversationsHistory(
                request -> request.channel(DATA).oldest(since).limit(10).includeAllMetadata(true));

        // Then
        assertThat(history.getMessages()).extracting(Message::getText).containsExactly("new");
        assertThat(history.getMessages().getFirst().getMetadata().getEventPayload())
                .containsEntry("delivery", "d1");
    }

    @Test
    void shouldOpenTheSameDirectMessagesAgain() throws Exception {
        // When
        String first = app.conversationsOpen(request -> request.users(List.of("U0REVIEWER")))
                .getChannel()
                .getId();
        String again = app.conversationsOpen(request -> request.users(List.of("U0REVIEWER")))
                .getChannel()
                .getId();

        // Then
        assertThat(first)
                .startsWith("D")
                .isEqualTo(again)
                .isEqualTo(chat.slack().directMessages("U0REVIEWER"));
        assertThat(app.chatPostMessage(request -> request.channel(first).text("Hello"))
                        .isOk())
                .isTrue();
        assertThat(app.conversationsOpen(request -> request.users(List.of("U0ROBOT")))
                        .getError())
                .isEqualTo("cannot_dm_bot");
        assertThat(app.conversationsOpen(request -> request.users(List.of("U0NOBODY")))
                        .getError())
                .isEqualTo("user_not_found");
    }

    @Test
    void shouldWhisperToOnePerson() throws Exception {
        // When
        var answer = app.chatPostEphemeral(
                request -> request.channel(DATA).user("U0OWNER").text("Not yours"));

        // Then
        assertThat(answer.isOk()).isTrue();
        assertThat(chat.slack().ephemerals("U0OWNER"))
                .extracting(SlackEphemeral::text)
                .containsExactly("Not yours");
        assertThat(chat.slack().ephemerals("U0REVIEWER")).isEmpty();
        assertThat(chat.slack().messages(DATA)).isEmpty();
        assertThat(app.chatUpdate(request ->
                                request.channel(DATA).ts(answer.getMessageTs()).text("x"))
                        .getError())
                .isEqualTo("cant_update_message");
    }

    @Test
    void shouldSayWhoSomebodyIs() throws Exception {
        // When
        var guest = app.usersInfo(request -> request.user("U0GUEST")).getUser();
        var robot = app.usersInfo(request -> request.user("U0ROBOT")).getUser();
        var byEmail = app.usersLookupByEmail(request -> request.email("reviewer@example.com"))
                .getUser();

        // Then
        assertThat(guest.isRestricted()).isTrue();
        assertThat(robot.isBot()).isTrue();
        assertThat(robot.getProfile().getEmail()).isNull();
        assertThat(byEmail.getId()).isEqualTo("U0REVIEWER");
        assertThat(byEmail.getTeamId()).isEqualTo("T0OBSTAT");
        assertThat(app.usersInfo(request -> request.user("U0NOBODY")).getError())
                .isEqualTo("user_not_found");
        assertThat(app.usersLookupByEmail(request -> request.email("nobody@example.com"))
                        .getError())
                .isEqualTo("users_not_found");
        assertThat(app.usergroupsUsersList(request -> request.usergroup("S0ONCALL"))
                        .getUsers())
                .containsExactly("U0SECOND", "U0ONCALL");
        assertThat(app.usergroupsUsersList(request -> request.usergroup("S0NONE"))
                        .getError())
                .isEqualTo("no_such_subteam");
    }

    @Test
    void shouldHaveOutages() throws Exception {
        // Given
        chat.slack().outage(true);

        // When / Then
        assertThatThrownBy(() -> post("Hello"))
                .isInstanceOfSatisfying(
                        SlackApiException.class,
                        e -> assertThat(e.getResponse().code()).isEqualTo(503));

        // When
        chat.slack().outage(false);
        chat.slack().refuseNext(1, 429, Duration.ofSeconds(7));

        // Then
        assertThatThrownBy(() -> post("Hello"))
                .isInstanceOfSatisfying(
                        SlackApiException.class,
                        e -> assertThat(e.getResponse().header("Retry-After")).isEqualTo("7"));
        assertThat(chat.slack().messages(DATA)).isEmpty();
        assertThat(post("Hello").isOk()).isTrue();
    }

    @Test
    void shouldDoWhatIsAskedWhenItsAnswerIsLost() {
        // Given
        chat.slack().loseAnswers(1);

        // When / Then
        assertThatThrownBy(() -> post("Hello")).isInstanceOf(IOException.class);
        assertThat(chat.slack().messages(DATA)).hasSize(1);
    }
}
