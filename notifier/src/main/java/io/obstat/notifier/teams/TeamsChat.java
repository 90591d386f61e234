package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.Attachment;
import io.obstat.contracts.ReviewId;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.Card;
import io.obstat.notifier.CardId;
import io.obstat.notifier.Chat;
import io.obstat.notifier.Conversations;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Directory;
import io.obstat.notifier.Line;
import io.obstat.notifier.Remark;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Cards in Teams. Teams cannot be asked whether a message is there, so a card whose posting nobody knows the end of is posted again; the one
 * that turns out to be one too many is taken away when somebody sees it (see {@link TeamsBot}).
 */
public final class TeamsChat implements Chat {

    public static final String NAME = "teams";
    private static final String CARD = "application/vnd.microsoft.card.adaptive";

    private final Connector connector;
    private final Conversations conversations;
    private final TeamsAnswers answers;
    private final String tenant;
    private final String serviceUrl;

    /**
     * @param tenant whose people can be told by the directory's word; nobody's when empty
     * @param serviceUrl through which conversations are reached that were never heard from
     */
    TeamsChat(
            Connector connector, Conversations conversations, TeamsAnswers answers, String tenant, String serviceUrl) {
        this.tenant = tenant;
        this.connector = connector;
        this.conversations = conversations;
        this.answers = answers;
        this.serviceUrl = serviceUrl;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Posting> post(CardId id, Card card, String place, boolean again) {
        return conversation(place).thenCompose(opened -> switch (opened) {
            case Sent.NotTaken(Attempt attempt) -> done(new Posting.Failed(attempt));
            case Sent.Taken(String conversation) ->
                send(String.valueOf(conversation), message(card)).thenApply(sent -> switch (sent) {
                    case Sent.NotTaken(Attempt attempt) -> new Posting.Failed(attempt);
                    case Sent.Taken(String activity) ->
                        activity == null
                                ? new Posting.Failed(new Attempt.Refused(
                                        "Teams took the card without naming it; it cannot be rewritten"))
                                : new Posting.Posted(new TeamsMessage(String.valueOf(conversation), activity).value());
                });
        });
    }

    /** Of a person, the conversation with them. */
    private CompletionStage<Sent> conversation(String place) {
        return place.startsWith("19:") || place.startsWith("a:")
                ? done(new Sent.Taken(place))
                : connector.openPersonal(serviceUrl, place);
    }

    private CompletionStage<Sent> send(String conversation, Activity activity) {
        return at(conversation, url -> connector.send(url, conversation, activity));
    }

    private CompletionStage<Sent> at(String conversation, Function<String, CompletionStage<Sent>> call) {
        return conversations
                .serviceUrl(TeamsMessage.channel(conversation))
                .thenCompose(known -> call.apply(known.orElse(serviceUrl)));
    }

    @Override
    public CompletionStage<Attempt> rewrite(CardId id, String message, Card card) {
        TeamsMessage at = TeamsMessage.read(message);
        return at(at.conversation(), url -> connector.update(url, at.conversation(), at.activity(), message(card)))
                .thenApply(Sent::attempt);
    }

    /** Takes away a card that is one too many. */
    CompletionStage<Attempt> remove(TeamsMessage at) {
        return at(at.conversation(), url -> connector.delete(url, at.conversation(), at.activity()))
                .thenApply(Sent::attempt);
    }

    @Override
    public CompletionStage<Attempt> remark(String message, Remark remark, DeliveryId id, boolean again) {
        return send(TeamsMessage.read(message).thread(), message(remark.line())).thenApply(Sent::attempt);
    }

    @Override
    public Optional<String> nameOf(Directory.Keys keys) {
        String ofTenant = tenant + "/";
        return keys.entra().stream()
                .filter(key -> key.startsWith(ofTenant))
                .map(key -> key.substring(ofTenant.length()))
                .findFirst();
    }

    @Override
    public CompletionStage<Attempt> tell(String name, Line line, DeliveryId id, boolean again) {
        return toPerson(name, line);
    }

    private CompletionStage<Attempt> toPerson(String person, Line line) {
        return connector.openPersonal(serviceUrl, person).thenCompose(opened -> switch (opened) {
            case Sent.NotTaken(Attempt attempt) -> done(attempt);
            case Sent.Taken(String conversation) ->
                send(String.valueOf(conversation), message(line)).thenApply(Sent::attempt);
        });
    }

    @Override
    public CompletionStage<Attempt> answer(ReviewId review, String recipient, String words) {
        return answers.answer(review, words) ? done(new Attempt.Accepted()) : toPerson(recipient, Line.said(words));
    }

    private static Activity message(Card card) {
        TeamsCard shown = TeamsCard.of(card);
        return message(shown.json(), shown.summary());
    }

    private static Activity message(Line line) {
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("type", "AdaptiveCard")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("version", TeamsCard.VERSION);
        card.putObject("msteams").put("width", "Full");
        card.putArray("body").add(new TeamsRuns().line(line).block());
        return message(card, "Obstat");
    }

    private static Activity message(JsonNode card, String summary) {
        var attachment = new Attachment();
        attachment.setContentType(CARD);
        attachment.setContent(card);
        Activity activity = Activity.createMessageActivity();
        activity.setSummary(summary);
        activity.setAttachments(List.of(attachment));
        return activity;
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
