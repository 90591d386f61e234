package io.obstat.notifier.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.json.Json;
import io.obstat.notifier.Clicks;
import io.obstat.notifier.Reviews;
import io.obstat.notifier.slack.SlackButton.Wish;
import io.obstat.notifier.slack.SlackPeople.Answer;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What people do with a card, however it comes from Slack. It is on Kafka before Slack hears that it arrived; when that takes too long Slack is
 * not told so, and tells the person that it did not work.
 */
public final class SlackInteractions {

    private static final Logger LOG = Logger.getLogger(SlackInteractions.class);

    /** Slack waits for 3 s. */
    static final Duration PATIENCE = Duration.ofMillis(2_500);

    /** Who does not know where somebody clicked answers them directly, so it is not worth their waiting. */
    private static final Duration NOTE_PATIENCE = Duration.ofMillis(500);

    /** It may still get through: what is sent to Kafka cannot be called back. */
    private static final String BUSY =
            "Obstat has not taken this in time. If the card does not show it in a minute, please try again.";

    private final SlackSettings settings;
    private final SlackChat chat;
    private final SlackPeople people;
    private final SlackDialog dialog;
    private final Sinks sinks;

    /**
     * Where clicks go, and the time at which they do.
     *
     * @param patience how long that may take, with finding out who it is; less than Slack waits
     */
    record Sinks(Reviews reviews, Clicks clicks, InstantSource clock, Duration patience) {}

    SlackInteractions(SlackSettings settings, SlackChat chat, SlackPeople people, SlackDialog dialog, Sinks sinks) {
        this.settings = settings;
        this.chat = chat;
        this.people = people;
        this.dialog = dialog;
        this.sinks = sinks;
    }

    /** What Slack is told. */
    public sealed interface Reply {

        /** It arrived. */
        record Taken() implements Reply {}

        /** It arrived, and the dialog is to say this. */
        record Said(JsonNode body) implements Reply {}

        /** It is not for this app, or nothing that this app understands. */
        record Refused(String why) implements Reply {}

        /** It could not be taken. */
        record Busy() implements Reply {}
    }

    /** @param payload as JSON; from Slack, which has been made sure of */
    public Uni<Reply> handle(String payload) {
        JsonNode tree;
        try {
            tree = Json.events().readTree(payload);
        } catch (JsonProcessingException e) {
            return reply(new Reply.Refused("the payload is no JSON"));
        }
        if (!settings.app().equals(tree.path("api_app_id").asText())
                || !settings.team().equals(tree.path("team").path("id").asText())) {
            return reply(new Reply.Refused("it is for another app or workspace"));
        }
        try {
            return switch (tree.path("type").asText()) {
                case "block_actions" -> clicked(tree);
                case "view_submission" -> submitted(tree);
                case "view_closed" -> reply(new Reply.Taken());
                default -> reply(new Reply.Refused("it is of an unknown type"));
            };
        } catch (IllegalArgumentException e) {
            return reply(new Reply.Refused(String.valueOf(e.getMessage())));
        }
    }

    private Uni<Reply> clicked(JsonNode payload) {
        JsonNode action = payload.path("actions").path(0);
        Wish wish = SlackButton.wish(action.path("action_id").asText()).orElse(null);
        if (wish == null) {
            return reply(new Reply.Taken());
        }
        SlackButton button = SlackButton.read(action.path("value").asText());
        SlackPlace place = place(payload);
        if (wish.reason()) {
            dialog.open(payload.path("trigger_id").asText(), button, wish.verb(), place)
                    .subscribe()
                    .with(opened -> {}, e -> {
                        LOG.warnf("A dialog could not be opened: %s", e.getMessage());
                        say(place, "The dialog could not be opened. Please click again, or use the full request.");
                    });
            return reply(new Reply.Taken());
        }
        ReviewId id = ReviewId.derive(
                SlackChat.NAME,
                settings.team(),
                place.user(),
                payload.path("container").path("message_ts").asText(),
                action.path("action_ts").asText(),
                button.value(),
                wish.verb().name());
        return people.who(place.user())
                .flatMap(who -> switch (who) {
                    case Answer.Turned(String why) -> {
                        LOG.infof("%s in %s was turned away: %s", place.user(), settings.team(), why);
                        say(place, why);
                        yield reply(new Reply.Taken());
                    }
                    case Answer.Member member -> submit(id, button, wish.verb(), null, member, place);
                })
                .ifNoItem()
                .after(sinks.patience())
                .recoverWithItem(new Reply.Busy())
                .invoke(answer -> {
                    if (answer instanceof Reply.Busy) {
                        say(place, BUSY);
                    }
                });
    }

    private Uni<Reply> submitted(JsonNode payload) {
        JsonNode view = payload.path("view");
        SlackDialog.Content content = SlackDialog.read(view);
        SlackPlace place = content.place();
        // INVARIANT: whoever submits is whoever opened it; the dialog's own word on that counts for nothing.
        String user = payload.path("user").path("id").asText();
        ReviewId id = ReviewId.derive(
                SlackChat.NAME,
                settings.team(),
                user,
                view.path("id").asText(),
                content.button().value(),
                content.verb().name());
        return people.who(user)
                .flatMap(who -> switch (who) {
                    case Answer.Turned(String why) -> reply(error(why));
                    case Answer.Member member ->
                        submit(
                                id,
                                content.button(),
                                content.verb(),
                                content.reason(),
                                member,
                                new SlackPlace(place.channel(), user, place.responseUrl()));
                })
                .ifNoItem()
                .after(sinks.patience())
                .recoverWithItem(new Reply.Busy())
                .onFailure(InvalidFieldException.class)
                .recoverWithItem(e -> error(String.valueOf(e.getMessage())))
                // A dialog can say it where the person is, and stays open with what they wrote.
                .map(answer -> answer instanceof Reply.Busy ? error(BUSY) : answer);
    }

    private static Reply error(String why) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("response_action", "errors").putObject("errors").put(SlackDialog.REASON, why);
        return new Reply.Said(body);
    }

    private Uni<Reply> submit(
            ReviewId id,
            SlackButton button,
            Verb verb,
            @Nullable String reason,
            Answer.Member member,
            SlackPlace place) {
        Instant now = sinks.clock().instant();
        var reviewer = new Reviewer(member.person(), List.of(), Identification.CHAT, "slack:" + settings.team());
        var review = new Review(id, button.digest(), reviewer, verb, reason, now);
        Uni<Void> noted = Uni.createFrom()
                .completionStage(() -> sinks.clicks().note(id, place.value(), now))
                .ifNoItem()
                .after(NOTE_PATIENCE)
                .failWith(() -> new TimeoutException("PostgreSQL did not answer within " + NOTE_PATIENCE))
                .onFailure()
                .invoke(e -> LOG.warnf("Where %s was clicked is not on record: %s", id, e.getMessage()))
                .onFailure()
                .recoverWithNull();
        // INVARIANT: a click is on Kafka before Slack hears that it arrived.
        return Uni.combine()
                .all()
                .unis(
                        noted,
                        Uni.createFrom().completionStage(() -> sinks.reviews().submit(button.action(), review)))
                .discardItems()
                .<Reply>map(done -> new Reply.Taken())
                .onFailure()
                .invoke(e -> LOG.warnf("A click could not be taken: %s", e.getMessage()))
                .onFailure()
                .recoverWithItem(new Reply.Busy());
    }

    private void say(SlackPlace place, String words) {
        chat.respond(place, words)
                .subscribe()
                .with(
                        said -> {
                            if (!said) {
                                LOG.warnf("%s could not be told: %s", place.user(), words);
                            }
                        },
                        e -> LOG.warnf("%s could not be told: %s", place.user(), e.getMessage()));
    }

    private static SlackPlace place(JsonNode payload) {
        String url = payload.path("response_url").asText("");
        return new SlackPlace(
                payload.path("channel").path("id").asText(),
                payload.path("user").path("id").asText(),
                url.isEmpty() ? null : URI.create(url));
    }

    private static Uni<Reply> reply(Reply reply) {
        return Uni.createFrom().item(reply);
    }
}
