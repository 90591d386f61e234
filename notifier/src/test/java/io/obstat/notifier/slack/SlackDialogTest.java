package io.obstat.notifier.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Review.Verb;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.Persona;
import io.obstat.notifier.slack.SlackInteractions.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of dialogs that are submitted. */
class SlackDialogTest {

    private static final FakeChat CHAT = FakeChat.start(FakeChatSettings.standard());
    private static final Callbacks.App APP = new Callbacks.App(CHAT);
    private static final Duration AMPLE = Duration.ofSeconds(30);

    private final RecordingReviews reviews = new RecordingReviews();
    private final SlackInteractions interactions = APP.interactions(reviews, AMPLE);

    @AfterAll
    static void close() {
        CHAT.close();
    }

    @Test
    void shouldSubmitWhatIsWrittenAsWhoeverSubmitsIt() {
        // Given a dialog that says that the owner has opened it

        // When the reviewer submits it
        Reply reply = handle(Callbacks.dialog(Verb.REJECT, "not today"));

        // Then
        assertThat(reply).isEqualTo(new Reply.Taken());
        assertThat(reviews.submitted()).singleElement().satisfies(review -> {
            assertThat(review.verb()).isEqualTo(Verb.REJECT);
            assertThat(review.reason()).isEqualTo("not today");
            assertThat(review.reviewer().person().subject()).isEqualTo(Persona.REVIEWER.slackId());
        });
    }

    /** Slack takes blanks for a text, and may count characters otherwise than we do. */
    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n", "too long", "\0"})
    void shouldSayInTheDialogWhatIsWrongWithAReason(String reason) {
        // When
        Reply reply = handle(Callbacks.dialog(Verb.REJECT, reason.equals("too long") ? "😀".repeat(1_000) : reason));

        // Then
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Said.class,
                        said -> assertThat(said.body()
                                        .path("errors")
                                        .path(SlackDialog.REASON)
                                        .asText())
                                .startsWith("reason "));
        assertThat(reviews.submitted()).isEmpty();
    }

    @Test
    void shouldTurnAGuestAwayInTheDialog() {
        // Given
        ObjectNode dialog = Callbacks.dialog(Verb.REJECT, "not today");
        dialog.putObject("user").put("id", Persona.CONTRACTOR.slackId());

        // When
        Reply reply = handle(dialog);

        // Then
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Said.class,
                        said -> assertThat(said.body().toString()).contains("Guests"));
        assertThat(reviews.submitted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"edit", "sign", "revoke", "nonsense"})
    void shouldRefuseADialogThatWasNeverOffered(String verb) {
        // Given
        ObjectNode dialog = Callbacks.dialog(Verb.REJECT, "not today");
        ObjectNode view = (ObjectNode) dialog.path("view");
        view.put("private_metadata", view.path("private_metadata").asText().replace("reject", verb));

        // When
        Reply reply = handle(dialog);

        // Then
        assertThat(reply).isNotEqualTo(new Reply.Taken());
        assertThat(reviews.submitted()).isEmpty();
    }

    private Reply handle(ObjectNode payload) {
        return interactions.handle(payload.toString()).await().atMost(AMPLE);
    }
}
