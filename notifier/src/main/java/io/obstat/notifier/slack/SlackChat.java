package io.obstat.notifier.slack;

import com.slack.api.model.Message;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.element.RichTextSectionElement;
import io.obstat.contracts.ReviewId;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.Card;
import io.obstat.notifier.CardId;
import io.obstat.notifier.Chat;
import io.obstat.notifier.Clicks;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Directory;
import io.obstat.notifier.Line;
import io.obstat.notifier.Remark;
import io.obstat.notifier.slack.SlackApi.NotDone;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Cards in Slack. A message carries the id of its card as metadata, so that Slack can be asked whether it is there. */
public final class SlackChat implements Chat {

    public static final String NAME = "slack";
    private static final String CARD = "obstat_card";
    private static final String REMARK = "obstat_remark";
    private static final String ID = "id";
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 10;
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final SlackSettings settings;
    private final SlackApi api;
    private final Clicks clicks;

    SlackChat(SlackSettings settings, SlackApi api, Clicks clicks) {
        this.settings = settings;
        this.api = api;
        this.clicks = clicks;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CompletionStage<Posting> post(CardId id, Card card, String place, boolean again) {
        return channel(place)
                .flatMap(channel -> again
                        ? find(channel, card.heading().askedAt(), id)
                                .flatMap(there -> there.map(
                                                ts -> Uni.createFrom().item(ts))
                                        .orElseGet(() -> send(channel, id, card)))
                                .map(ts -> SlackMessage.of(channel, ts))
                        : send(channel, id, card).map(ts -> SlackMessage.of(channel, ts)))
                .<Posting>map(message -> new Posting.Posted(message.value()))
                .onFailure(NotDone.class)
                .recoverWithItem(e -> new Posting.Failed(((NotDone) e).attempt()))
                .subscribeAsCompletionStage();
    }

    /** A person is written to in the conversation between them and the app. */
    private Uni<String> channel(String place) {
        if (place.contains("@")) {
            return api.call(methods -> methods.usersLookupByEmail(lookup -> lookup.email(place)))
                    .flatMap(found -> channel(found.getUser().getId()));
        }
        return place.startsWith("U") || place.startsWith("W")
                ? api.call(methods -> methods.conversationsOpen(open -> open.users(List.of(place))))
                        .map(answer -> answer.getChannel().getId())
                : Uni.createFrom().item(place);
    }

    private Uni<String> send(String channel, CardId id, Card card) {
        SlackCard shown = SlackCard.of(card, settings.team());
        return api.call(methods -> methods.chatPostMessage(post -> post.channel(channel)
                        .text(shown.text())
                        .blocksAsString(shown.blocks())
                        .metadataAsString(metadata(CARD, id.value()))
                        .unfurlLinks(false)
                        .unfurlMedia(false)))
                .map(answer -> answer.getTs());
    }

    /** The message that is this card, if it is there. */
    private Uni<Optional<String>> find(String channel, Instant since, CardId id) {
        return find(channel, since, id, null, 1);
    }

    private Uni<Optional<String>> find(String channel, Instant since, CardId id, @Nullable String cursor, int page) {
        return api.call(methods -> methods.conversationsHistory(history -> history.channel(channel)
                        .oldest(Long.toString(since.minus(MARGIN).getEpochSecond()))
                        .includeAllMetadata(true)
                        .limit(PAGE)
                        .cursor(cursor)))
                .flatMap(answer -> {
                    Optional<String> found = answer.getMessages().stream()
                            .filter(message -> isMarked(message, CARD, id.value()))
                            .map(Message::getTs)
                            .findFirst();
                    String next = answer.isHasMore() && answer.getResponseMetadata() != null
                            ? answer.getResponseMetadata().getNextCursor()
                            : null;
                    return found.isPresent() || next == null || next.isEmpty() || page == MOST_PAGES
                            ? Uni.createFrom().item(found)
                            : find(channel, since, id, next, page + 1);
                });
    }

    private static boolean isMarked(Message message, String type, String id) {
        return message.getMetadata() != null
                && type.equals(message.getMetadata().getEventType())
                && id.equals(message.getMetadata().getEventPayload().get(ID));
    }

    private static String metadata(String type, String id) {
        return SlackJson.write(Map.of("event_type", type, "event_payload", Map.of(ID, id)));
    }

    @Override
    public CompletionStage<Attempt> rewrite(CardId id, String message, Card card) {
        SlackMessage at = SlackMessage.read(message);
        SlackCard shown = SlackCard.of(card, settings.team());
        return attempt(api.call(methods -> methods.chatUpdate(update -> update.channel(at.channel())
                .ts(at.ts())
                .text(shown.text())
                .blocksAsString(shown.blocks())
                .metadataAsString(metadata(CARD, id.value())))));
    }

    @Override
    public CompletionStage<Attempt> remark(String message, Remark remark, DeliveryId id, boolean again) {
        SlackMessage at = SlackMessage.read(message);
        Uni<Boolean> there = again
                ? api.call(methods -> methods.conversationsReplies(replies -> replies.channel(at.channel())
                                .ts(at.ts())
                                .includeAllMetadata(true)
                                .limit(PAGE)))
                        .map(answer ->
                                answer.getMessages().stream().anyMatch(reply -> isMarked(reply, REMARK, id.value())))
                : Uni.createFrom().item(false);
        return attempt(there.flatMap(is -> is
                ? Uni.createFrom().voidItem()
                : api.call(methods -> methods.chatPostMessage(post -> post.channel(at.channel())
                                .threadTs(at.ts())
                                .replyBroadcast(remark.loud())
                                .text(SlackText.words(remark.line()))
                                .blocksAsString(blocks(remark.line()))
                                .metadataAsString(metadata(REMARK, id.value()))
                                .unfurlLinks(false)
                                .unfurlMedia(false)))
                        .replaceWithVoid()));
    }

    private String blocks(Line line) {
        return SlackJson.write(List.of(RichTextBlock.builder()
                .elements(List.of(RichTextSectionElement.builder()
                        .elements(new SlackText(settings.team()).elements(line))
                        .build()))
                .build()));
    }

    /** Whom the directory does not know by a user of this workspace, Slack may know by an address. */
    @Override
    public Optional<String> nameOf(Directory.Keys keys) {
        String ofTeam = settings.team() + "/";
        return keys.slack().stream()
                .filter(key -> key.startsWith(ofTeam))
                .map(key -> key.substring(ofTeam.length()))
                .findFirst()
                .or(() -> keys.email().stream()
                        .filter(email -> email.contains("@"))
                        .findFirst());
    }

    @Override
    public CompletionStage<Attempt> tell(String name, Line line, DeliveryId id, boolean again) {
        return attempt(channel(name)
                .flatMap(channel -> (again
                                ? isThere(channel, id)
                                : Uni.createFrom().item(false))
                        .flatMap(is -> is
                                ? Uni.createFrom().voidItem()
                                : api.call(methods -> methods.chatPostMessage(post -> post.channel(channel)
                                                .text(SlackText.words(line))
                                                .blocksAsString(blocks(line))
                                                .metadataAsString(metadata(REMARK, id.value()))
                                                .unfurlLinks(false)
                                                .unfurlMedia(false)))
                                        .replaceWithVoid())));
    }

    /** Whether it is among the last that was said there. */
    private Uni<Boolean> isThere(String channel, DeliveryId id) {
        return api.call(methods -> methods.conversationsHistory(history ->
                        history.channel(channel).includeAllMetadata(true).limit(PAGE)))
                .map(answer ->
                        answer.getMessages().stream().anyMatch(message -> isMarked(message, REMARK, id.value())));
    }

    @Override
    public CompletionStage<Attempt> answer(ReviewId review, String recipient, String words) {
        return Uni.createFrom()
                .completionStage(() -> clicks.place(review))
                .flatMap(place -> place.map(SlackPlace::read)
                        .map(at -> respond(at, words).flatMap(done -> done ? done() : whisper(at, words)))
                        .orElseGet(() -> direct(recipient, words)))
                .subscribeAsCompletionStage();
    }

    private static Uni<Attempt> done() {
        return Uni.createFrom().item(new Attempt.Accepted());
    }

    /** Answers a click where it was made, so that nobody else sees it. Whether Slack took it: it does so for half an hour, and five times. */
    Uni<Boolean> respond(SlackPlace at, String words) {
        // INVARIANT: what we have to say to somebody is sent to Slack only, whatever address a callback names.
        if (at.responseUrl() == null || !settings.isSlack(at.responseUrl())) {
            return Uni.createFrom().item(false);
        }
        Map<String, Object> answer =
                Map.of("response_type", "ephemeral", "replace_original", false, "text", SlackText.escaped(words));
        String url = at.responseUrl().toString();
        return Uni.createFrom().item(() -> sent(url, answer)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private boolean sent(String url, Map<String, Object> answer) {
        try (var response = api.slack().getHttpClient().postJsonBody(url, answer)) {
            return response.isSuccessful();
        } catch (IOException e) {
            return false;
        }
    }

    private Uni<Attempt> whisper(SlackPlace at, String words) {
        return Uni.createFrom()
                .completionStage(attempt(api.call(methods -> methods.chatPostEphemeral(
                        post -> post.channel(at.channel()).user(at.user()).text(SlackText.escaped(words))))));
    }

    private Uni<Attempt> direct(String user, String words) {
        return Uni.createFrom()
                .completionStage(attempt(channel(user)
                        .flatMap(channel -> api.call(methods -> methods.chatPostMessage(
                                post -> post.channel(channel).text(SlackText.escaped(words)))))));
    }

    private static CompletionStage<Attempt> attempt(Uni<?> call) {
        return call.<Attempt>map(done -> new Attempt.Accepted())
                .onFailure(NotDone.class)
                .recoverWithItem(e -> ((NotDone) e).attempt())
                .subscribeAsCompletionStage();
    }
}
