package io.obstat.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.obstat.contracts.Review.Verb;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.slack.SlackAnswer;
import io.obstat.notifier.Approval;
import io.obstat.notifier.Card;
import io.obstat.notifier.CardId;
import io.obstat.notifier.Chat.Posting;
import io.obstat.notifier.Composer;
import io.obstat.notifier.Notices;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Samples;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clicks by Socket Mode, with Slack's own client against a Slack that knows no address of ours. */
class SlackSocketTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CHANNEL = "C0DATA";
    private static final String USER = Persona.REVIEWER.slackId();

    private final FakeChat chat = FakeChat.start(FakeChatSettings.standard());
    private final RecordingReviews reviews = new RecordingReviews();
    private final SlackApp app = app();
    private String ts = "";

    private SlackApp app() {
        var secrets = FakeChatSettings.standard().slack().secrets();
        return new SlackApp(
                new SlackSettings(
                        io.obstat.local.chat.SlackSettings.TEAM_ID,
                        io.obstat.local.chat.SlackSettings.APP_ID,
                        secrets.botToken(),
                        null,
                        secrets.appToken(),
                        URI.create(chat.url() + "/slack/api/"),
                        Duration.ofSeconds(10)),
                reviews,
                new Callbacks.NoClicks(),
                InstantSource.system());
    }

    @BeforeEach
    void connect() {
        app.connect();
        await().atMost(PATIENCE).until(() -> chat.slack().sockets() >= 1);
        Card card = Composer.card(Approval.of(List.of(Notices.of(Samples.approvalRequired("socket"), Samples.INBOX)
                        .orElseThrow())))
                .orElseThrow();
        CardId id = CardId.of(card.action(), new Recipient(SlackChat.NAME, CHANNEL));
        Posting posting =
                app.chat().post(id, card, CHANNEL, false).toCompletableFuture().join();
        assertThat(posting).isInstanceOf(Posting.Posted.class);
        ts = chat.slack().messages(CHANNEL).getFirst().ts();
        // What is not known within 1.2 s is not known: on a busy machine that takes some tries.
        await().atMost(PATIENCE).until(() -> {
            click("claim");
            return !reviews.submitted().isEmpty();
        });
        reviews.submitted().clear();
    }

    @AfterEach
    void disconnect() throws Exception {
        app.close();
        chat.close();
    }

    @Test
    void shouldTakeAClick() {
        // When
        SlackAnswer answer = click("approve");

        // Then
        assertThat(answer.shown()).isEmpty();
        assertThat(reviews.submitted()).singleElement().satisfies(review -> {
            assertThat(review.verb()).isEqualTo(Verb.APPROVE);
            assertThat(review.reviewer().person().subject()).isEqualTo(USER);
        });
    }

    @Test
    void shouldAskForAReason() {
        // When
        SlackAnswer clicked = click("reject?");
        await().atMost(PATIENCE).until(() -> chat.slack().views(USER).size() == 1);
        String view = chat.slack().views(USER).getFirst().id();
        SlackAnswer submitted = chat.slack().submit(USER, view, Map.of("reason", "not today"));

        // Then
        assertThat(clicked.shown()).isEmpty();
        assertThat(submitted.shown()).isEmpty();
        assertThat(reviews.submitted())
                .singleElement()
                .satisfies(review -> assertThat(review.reason()).isEqualTo("not today"));
    }

    @Test
    void shouldNotSayThatAClickArrivedWhichKafkaDoesNotHave() {
        // Given
        reviews.answer(new CompletableFuture<>());

        // When
        SlackAnswer answer = click("approve");

        // Then Slack tells the person so
        assertThat(answer.shown()).isPresent();
    }

    @Test
    void shouldComeBackWhenSlackEndsTheConnection() {
        // When
        chat.slack().disconnect("refresh_requested");
        await().atMost(PATIENCE).until(() -> chat.slack().sockets() >= 1);
        await().atMost(PATIENCE).until(() -> {
            click("approve");
            return !reviews.submitted().isEmpty();
        });

        // Then
        assertThat(reviews.submitted())
                .allSatisfy(review -> assertThat(review.verb()).isEqualTo(Verb.APPROVE));
    }

    @Test
    void shouldStartThoughSlackIsAwayAndConnectWhenItIsBack() throws Exception {
        // Given
        int before = chat.slack().sockets();
        chat.slack().outage(true);

        // When
        try (SlackApp another = app()) {
            another.connect();
            chat.slack().outage(false);

            // Then
            await().atMost(PATIENCE).until(() -> chat.slack().sockets() > before);
        }
    }

    private SlackAnswer click(String verb) {
        return chat.slack().click(USER, CHANNEL, ts, verb);
    }
}
