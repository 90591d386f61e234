package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.bot.schema.Activity;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.notifier.Card;
import io.obstat.notifier.CardId;
import io.obstat.notifier.Composer;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.teams.TeamsPeople.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What comes from Teams, from somebody who was let in. A click is on Kafka before Teams hears that it arrived; when that takes too long Teams
 * is told so, and tells the person.
 */
final class TeamsBot {

    private static final Logger LOG = Logger.getLogger(TeamsBot.class);
    private static final String INVOKE = "invoke";
    private static final String CARD_ACTION = "adaptiveCard/action";
    private static final String MESSAGE = "application/vnd.microsoft.activity.message";
    private static final String CARD = "application/vnd.microsoft.card.adaptive";
    private static final String ERROR = "application/vnd.microsoft.error";

    /** Teams waits for about 10 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What somebody may do is here by then, as a rule. */
    private static final Duration FOR_A_STANDING = Duration.ofSeconds(2);

    /** A refusal is here by then, as a rule; whoever waits sees their click go on. */
    private static final Duration FOR_A_REFUSAL = Duration.ofMillis(700);

    private final TeamsPeople people;
    private final TeamsChat chat;
    private final TeamsAnswers answers;
    private final TeamsApp.Sinks sinks;

    TeamsBot(TeamsPeople people, TeamsChat chat, TeamsAnswers answers, TeamsApp.Sinks sinks) {
        this.people = people;
        this.chat = chat;
        this.answers = answers;
        this.sinks = sinks;
    }

    /** A click. */
    private record Click(
            Verb verb,
            ActionId action,
            ActionDigest digest,
            @Nullable String reason,
            Caller caller) {}

    /** What Teams is told: the body of the answer, {@code null} when there is none. Does not fail. */
    CompletionStage<@Nullable JsonNode> turn(Caller caller, Activity activity, @Nullable JsonNode value) {
        heard(caller);
        if (!INVOKE.equals(activity.getType())) {
            return CompletableFuture.completedFuture(null);
        }
        if (!CARD_ACTION.equals(activity.getName()) || value == null) {
            return done(error(501, "NotImplemented", "Obstat knows no such action."));
        }
        JsonNode data = value.path("action").path("data");
        String verb = value.path("action").path("verb").asText();
        try {
            var action = new ActionId(data.path(TeamsCard.ACTION).asText());
            clean(caller, action, activity.getReplyToId());
            if (verb.equals(TeamsCard.REFRESH)) {
                return refreshed(caller, action);
            }
            Verb wanted = Verb.valueOf(verb.toUpperCase(Locale.ROOT));
            if (!Card.Button.offers(wanted)) {
                throw new IllegalArgumentException(wanted + " is not offered in a chat");
            }
            String reason = data.path(TeamsCard.reason(wanted)).asText("");
            return clicked(new Click(
                    wanted,
                    action,
                    new ActionDigest(data.path(TeamsCard.DIGEST).asText()),
                    reason.isBlank() ? null : reason,
                    caller));
        } catch (IllegalArgumentException e) {
            LOG.warnf("A click in Teams was refused: %s", e.getMessage());
            return done(error(400, "BadRequest", "This card is none that Obstat can read. Use the full request."));
        }
    }

    private void heard(Caller caller) {
        sinks.conversations()
                .heard(
                        TeamsMessage.channel(caller.activity().conversationId()),
                        caller.serviceUrl(),
                        sinks.clock().instant())
                .exceptionally(e -> {
                    LOG.warnf("Where a conversation is reached is not on record: %s", e.getMessage());
                    return null;
                });
    }

    /** One card a place: of two that a lost answer has left behind, the one that is not on record goes when somebody sees it. */
    private void clean(Caller caller, ActionId action, @Nullable String seen) {
        if (seen == null) {
            return;
        }
        String channel = TeamsMessage.channel(caller.activity().conversationId());
        sinks.cards()
                .message(CardId.of(action, new Recipient(TeamsChat.NAME, channel)))
                .thenCompose(message -> {
                    boolean other = message.map(TeamsMessage::read)
                            .filter(stands -> !stands.activity().equals(seen))
                            .isPresent();
                    return other ? removed(new TeamsMessage(channel, seen)) : CompletableFuture.completedFuture(null);
                })
                .exceptionally(e -> {
                    LOG.warnf("Whether a card is one too many could not be told: %s", e.getMessage());
                    return null;
                });
    }

    /** INVARIANT: no click removes a card that is on record: which action it names is the client's word alone. */
    private CompletionStage<?> removed(TeamsMessage stray) {
        return sinks.cards()
                .isCard(stray.value())
                .thenCompose(known -> known ? CompletableFuture.completedFuture(null) : chat.remove(stray));
    }

    private CompletionStage<@Nullable JsonNode> refreshed(Caller caller, ActionId action) {
        return sinks.cards()
                .approval(action)
                .thenCompose(approval -> Composer.card(approval)
                        .map(card -> forOne(card, caller))
                        .orElseGet(() -> done(error(404, "NotFound", "Obstat does not know this request any more."))))
                .exceptionally(e -> error(503, "Busy", "Obstat could not look that up in time. Please try again."));
    }

    /** With what this person can do. When that is not known in time they see what everybody sees, and are told when they click. */
    private CompletionStage<@Nullable JsonNode> forOne(Card card, Caller caller) {
        String user = caller.aadObjectId();
        if (user == null || card.buttons().isEmpty()) {
            return done(card(card));
        }
        return sinks.directory()
                .standing(card.action(), "entra:" + caller.tenantId(), user.toLowerCase(Locale.ROOT))
                .toCompletableFuture()
                .completeOnTimeout(Optional.empty(), FOR_A_STANDING.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(e -> Optional.empty())
                .thenApply(standing -> standing.map(card::offering).orElse(card))
                .thenApply(TeamsBot::card);
    }

    private CompletionStage<@Nullable JsonNode> clicked(Click click) {
        return people.who(click.caller())
                .thenCompose(who -> switch (who) {
                    case Answer.Turned(String why) -> {
                        LOG.infof(
                                "%s was turned away in Teams: %s",
                                click.caller().aadObjectId(), why);
                        yield done(message(why));
                    }
                    case Answer.Member member -> submit(click, member);
                })
                .exceptionally(TeamsBot::failed)
                .toCompletableFuture()
                .completeOnTimeout(busy(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletionStage<@Nullable JsonNode> submit(Click click, Answer.Member member) {
        Instant now = sinks.clock().instant();
        Caller caller = click.caller();
        ReviewId id = ReviewId.derive(
                TeamsChat.NAME,
                caller.tenantId(),
                member.person().subject(),
                caller.activity().conversationId(),
                caller.activity().activityId(),
                click.digest().value(),
                click.verb().name());
        var reviewer = new Reviewer(member.person(), List.of(), Identification.CHAT, "entra:" + caller.tenantId());
        var review = new Review(id, click.digest(), reviewer, click.verb(), click.reason(), now);
        CompletableFuture<String> refusal = answers.expect(id);
        // INVARIANT: a click is on Kafka before Teams hears that it arrived.
        return sinks.reviews()
                .submit(click.action(), review)
                .thenCompose(sent -> refusal.completeOnTimeout(
                        "Thank you. The card shows what becomes of it.",
                        FOR_A_REFUSAL.toMillis(),
                        TimeUnit.MILLISECONDS))
                .<@Nullable JsonNode>thenApply(TeamsBot::message)
                .exceptionally(TeamsBot::failed)
                .whenComplete((answer, e) -> answers.expectNoMore(id));
    }

    /** What they wrote cannot stand in a review, or else it did not get through. */
    private static JsonNode failed(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof InvalidFieldException invalid) {
            return message("This did not count: " + invalid.getMessage());
        }
        LOG.warnf("A click could not be taken: %s", failure.getMessage());
        return busy();
    }

    private static JsonNode busy() {
        // It may still get through: what is sent to Kafka cannot be called back.
        return error(
                503,
                "Busy",
                "Obstat has not taken this in time. If the card does not show it in a minute, please try again.");
    }

    private static JsonNode card(Card card) {
        return answer(200, CARD).set("value", TeamsCard.of(card).json());
    }

    private static JsonNode message(String words) {
        return answer(200, MESSAGE).put("value", words);
    }

    private static JsonNode error(int status, String code, String words) {
        ObjectNode error = answer(status, ERROR);
        error.putObject("value").put("code", code).put("message", words);
        return error;
    }

    /** SPEC: Universal Actions for Adaptive Cards, "Response format". */
    private static ObjectNode answer(int status, String type) {
        return JsonNodeFactory.instance.objectNode().put("statusCode", status).put("type", type);
    }

    private static CompletionStage<@Nullable JsonNode> done(JsonNode answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
