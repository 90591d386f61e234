package io.obstat.local.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The dialogs that an app opens for whoever clicked, and what it may say to them. */
class SlackModalsTest extends AppOfSlack {

    private static final String VIEW = """
            {"type":"modal","callback_id":"reject","private_metadata":"act_1",
             "title":{"type":"plain_text","text":"Reject"},"submit":{"type":"plain_text","text":"Reject"},
             "blocks":[{"type":"input","block_id":"why","label":{"type":"plain_text","text":"Why"},
               "element":{"type":"plain_text_input","action_id":"text","min_length":3,"max_length":20}}]}""";

    /** Clicks, and opens the modal with the trigger that came with it. */
    private JsonNode open() {
        chat.slack().click(REVIEWER, DATA, post(), "approve");
        return openWith(payload(app.last()).path("trigger_id").asText());
    }

    private JsonNode openWith(String trigger) {
        return call("views.open", "{\"trigger_id\":\"%s\",\"view\":%s}".formatted(trigger, VIEW));
    }

    @Test
    void shouldOpenAModalWithATriggerOnce() {
        // When
        JsonNode opened = open();
        JsonNode again = openWith(payload(app.last()).path("trigger_id").asText());

        // Then
        assertThat(opened.path("ok").asBoolean()).as(opened.toString()).isTrue();
        assertThat(again.path("error").asText()).isEqualTo("exchanged_trigger_id");
        assertThat(chat.slack().views(REVIEWER)).extracting(SlackView::title).containsExactly("Reject");
    }

    @Test
    void shouldRefuseATriggerThatIsTooOldOrNone() {
        // Given
        chat.slack().click(REVIEWER, DATA, post(), "approve");
        clock.pass(Duration.ofMillis(3_001));

        // When / Then
        assertThat(openWith(payload(app.last()).path("trigger_id").asText())
                        .path("error")
                        .asText())
                .isEqualTo("expired_trigger_id");
        assertThat(openWith("1.2.x").path("error").asText()).isEqualTo("invalid_trigger_id");
    }

    @Test
    void shouldRefuseAViewThatIsNone() {
        // When
        JsonNode answer = call(
                "views.open",
                "{\"trigger_id\":\"1.2.x\",\"view\":%s}"
                        .formatted(VIEW.replace("\"Reject\"", "\"" + "x".repeat(25) + "\"")));

        // Then
        assertThat(answer.path("error").asText()).isEqualTo("invalid_arguments");
        assertThat(answer.path("response_metadata").path("messages").toString())
                .contains("must be less than 25 characters [json-pointer:/view/title/text]");
    }

    @Test
    void shouldSendAModalOffAndObeyTheAnswer() {
        // Given
        String view = open().path("view").path("id").asText();
        app.answers(200, "{\"response_action\":\"errors\",\"errors\":{\"why\":\"Say more\"}}");

        // When
        SlackAnswer refused = chat.slack().submit(REVIEWER, view, Map.of("why", "because"));

        // Then it stays open, with what is wrong
        assertThat(refused.shown()).hasValue("Say more");
        JsonNode payload = payload(app.last());
        assertThat(payload.path("type").asText()).isEqualTo("view_submission");
        assertThat(payload.path("view").path("private_metadata").asText()).isEqualTo("act_1");
        assertThat(payload.at("/view/state/values/why/text/value").asText()).isEqualTo("because");
        assertThat(chat.slack().views(REVIEWER)).hasSize(1);

        // When
        app.answers(200, "");
        SlackAnswer taken = chat.slack().submit(REVIEWER, view, Map.of("why", "because"));

        // Then
        assertThat(taken.isAccepted()).isTrue();
        assertThat(chat.slack().views(REVIEWER)).isEmpty();
    }

    @Test
    void shouldNotSendWhatSlackItselfDoesNotLetPass() {
        // Given
        String view = open().path("view").path("id").asText();
        int before = app.count();

        // When / Then
        assertThat(chat.slack().submit(REVIEWER, view, Map.of("why", "no")).isAccepted())
                .isFalse();
        assertThat(chat.slack().submit(REVIEWER, view, Map.of()).isAccepted()).isFalse();
        assertThat(app.count()).isEqualTo(before);
    }

    @Test
    void shouldTakeFiveAnswersToAClickWithinHalfAnHour() {
        // Given
        chat.slack().click(REVIEWER, DATA, post(), "approve");
        String url = payload(app.last()).path("response_url").asText();
        String said = "{\"response_type\":\"ephemeral\",\"replace_original\":false,\"text\":\"Too late\"}";

        // When
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 6; i++) {
            statuses.add(send(url, said, "").statusCode());
        }

        // Then
        assertThat(statuses).containsExactly(200, 200, 200, 200, 200, 404);
        assertThat(chat.slack().ephemerals(REVIEWER))
                .hasSize(5)
                .extracting(SlackEphemeral::text)
                .contains("Too late");

        // When
        chat.slack().click(REVIEWER, DATA, post(), "approve");
        clock.pass(Duration.ofMinutes(31));

        // Then
        assertThat(send(payload(app.last()).path("response_url").asText(), said, "")
                        .body())
                .isEqualTo("expired_url");
    }
}
