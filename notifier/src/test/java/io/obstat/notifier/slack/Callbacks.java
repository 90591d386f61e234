package io.obstat.notifier.slack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.SlackSettings;
import io.obstat.notifier.Clicks;
import io.obstat.notifier.Samples;
import io.obstat.notifier.slack.SlackInteractions.Sinks;
import io.obstat.notifier.slack.SlackPeople.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What Slack sends when people click, and the notifier's side of it with Kafka left out. */
final class Callbacks {

    static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    static final Instant NOW = Samples.NOW;
    static final SlackButton BUTTON = button();
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private Callbacks() {}

    private static SlackButton button() {
        Review review = Samples.review(Review.Verb.APPROVE, null);
        return new SlackButton(Samples.action("callback"), review.digest());
    }

    /** The notifier's app, which knows everybody already. */
    static final class App {

        private final io.obstat.notifier.slack.SlackSettings settings;
        private final SlackApi api;
        private final SlackPeople people;

        App(FakeChat chat) {
            settings = new io.obstat.notifier.slack.SlackSettings(
                    SlackSettings.TEAM_ID,
                    SlackSettings.APP_ID,
                    SlackSettings.standard().secrets().botToken(),
                    SECRET,
                    null,
                    URI.create(chat.url() + "/slack/api/"),
                    Duration.ofSeconds(10));
            api = new SlackApi(settings);
            people = new SlackPeople(settings.team(), api, CLOCK);
            // What is not known within 1.2 s is not known: at first, and on a busy machine, that takes some tries.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> answer(Persona.REVIEWER) instanceof Answer.Member
                            && answer(Persona.CONTRACTOR) instanceof Answer.Turned(String why)
                            && why.startsWith("Guests"));
        }

        private Answer answer(Persona persona) {
            return people.who(persona.slackId()).await().atMost(Duration.ofSeconds(30));
        }

        SlackInteractions interactions(RecordingReviews reviews, Duration patience) {
            Clicks clicks = new NoClicks();
            return new SlackInteractions(
                    settings,
                    new SlackChat(settings, api, clicks),
                    people,
                    new SlackDialog(api),
                    new Sinks(reviews, clicks, CLOCK, patience));
        }
    }

    static SlackDoor door(SlackInteractions interactions) {
        return new SlackDoor(new SlackSignature(SECRET), interactions, CLOCK);
    }

    /** The n-th click on Approve. */
    static ObjectNode click(int n) {
        ObjectNode click = callback("block_actions");
        click.putObject("channel").put("id", "C0DATA");
        click.putObject("container").put("message_ts", "1700000000.000100");
        click.putArray("actions")
                .addObject()
                .put("action_id", "approve")
                .put("action_ts", "1700000001.%06d".formatted(n))
                .put("value", BUTTON.value());
        return click;
    }

    /** A dialog that is submitted with this reason. */
    static ObjectNode dialog(Review.Verb verb, String reason) {
        ObjectNode carried = JsonNodeFactory.instance
                .objectNode()
                .put("button", BUTTON.value())
                .put("verb", verb.name().toLowerCase(Locale.ROOT))
                .put("place", new SlackPlace("C0DATA", Persona.OWNER.slackId(), null).value());
        ObjectNode dialog = callback("view_submission");
        ObjectNode view = dialog.putObject("view")
                .put("id", "V0DIALOG")
                .put("callback_id", "review")
                .put("private_metadata", carried.toString());
        view.putObject("state")
                .putObject("values")
                .putObject(SlackDialog.REASON)
                .putObject("text")
                .put("value", reason);
        return dialog;
    }

    private static ObjectNode callback(String type) {
        ObjectNode callback =
                JsonNodeFactory.instance.objectNode().put("type", type).put("api_app_id", SlackSettings.APP_ID);
        callback.putObject("team").put("id", SlackSettings.TEAM_ID);
        callback.putObject("user").put("id", Persona.REVIEWER.slackId()).put("name", "Robin Reviewer");
        return callback;
    }

    static byte[] form(String payload) {
        return bytes("payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static final class NoClicks implements Clicks {

        @Override
        public CompletionStage<Void> note(ReviewId review, String place, Instant at) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Optional<String>> place(ReviewId review) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }
}
