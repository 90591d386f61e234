package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.http.Call;
import io.obstat.local.chat.http.Calls;
import io.obstat.local.chat.http.Changes;
import io.obstat.local.chat.http.RateLimits;
import io.obstat.local.chat.http.Reply;
import io.obstat.local.chat.http.Trouble;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The fake Microsoft Teams, seen from a test or from the page: what is in it, what people do in it, and trouble on purpose. Safe for use by
 * several threads. What people do blocks until the bot has answered, or Teams would have lost its patience.
 *
 * <p>A conversation is a channel such as {@code 19:data@thread.tacv2}, or the chat of one person with the bot ({@link #chat}).
 */
public final class FakeTeams {

    private final Tenant tenant;
    private final EntraLogin login;
    private final Connector connector;
    private final Activities activities;
    private final BotCalls bot;
    private final Supplier<String> url;
    private final Trouble trouble = new Trouble();
    private final Calls calls = new Calls();

    /** @param url where it answers, once it does */
    public FakeTeams(FakeChatSettings settings, Supplier<String> url, InstantSource clock, Changes changes) {
        this.url = url;
        tenant = new Tenant(settings, clock, changes);
        login = new EntraLogin(settings.teams(), clock);
        connector = new Connector(settings.teams(), tenant, login, new RateLimits(clock));
        bot = new BotCalls(settings.teams(), this::serviceUrl, clock);
        activities = new Activities(settings.teams(), tenant, this::serviceUrl, clock);
    }

    /** Where bots reach it; ends in a slash, as the real one does. */
    public String serviceUrl() {
        return url.get() + "/teams/";
    }

    /** Answers what the bot asks. */
    public Reply answer(Call call) {
        return switch (call.path().getFirst()) {
            case "teams" -> counted(name(call), () -> connector.answer(call));
            case "login" -> counted("token", () -> login.answer(call));
            default -> metadata(call);
        };
    }

    private Reply counted(String name, Supplier<Reply> answer) {
        calls.count(name);
        return trouble.around(answer);
    }

    private static String name(Call call) {
        List<String> path = call.path();
        String last = path.size() > 4 ? path.get(4) : "conversations";
        return call.method() + " " + last;
    }

    private Reply metadata(Call call) {
        return switch (String.join("/", call.path())) {
            case "botframework/v1/.well-known/openidconfiguration" ->
                counted("metadata", () -> Reply.json(200, BotFrameworkKey.metadata(url.get())));
            case "botframework/v1/.well-known/keys" ->
                counted("keys", () -> {
                    ObjectNode keys = JsonNodeFactory.instance.objectNode();
                    keys.putArray("keys").add(bot.key().published());
                    return Reply.json(200, keys);
                });
            default -> Reply.text(404, "There is nothing of the Bot Framework's at " + call.target());
        };
    }

    // What is in it.

    /** What the bot has said in a conversation, oldest first, replies included. */
    public List<TeamsMessage> messages(String conversation) {
        return tenant.messages(Tenant.base(conversation));
    }

    public Optional<TeamsMessage> message(String conversation, String activityId) {
        return tenant.message(Tenant.base(conversation), activityId);
    }

    /** The replies to a message of a channel, oldest first. */
    public List<TeamsMessage> thread(String conversation, String activityId) {
        return messages(conversation).stream()
                .filter(message -> activityId.equals(message.root()))
                .toList();
    }

    /** The chat of this person with the bot. */
    public String chat(Persona person) {
        return tenant.chat(person);
    }

    /** The card as this person sees it: of their own, when the bot has answered them with one. Empty when there is none. */
    public Optional<ObjectNode> card(Persona person, String conversation, String activityId) {
        return message(conversation, activityId).flatMap(message -> tenant.card(message, person));
    }

    /** Whether this person sees a card of their own. */
    public boolean hasOwnCard(Persona person, String conversation, String activityId) {
        return message(conversation, activityId)
                .filter(message -> tenant.hasOwnCard(message, person))
                .isPresent();
    }

    // What people do.

    /** As {@link #click(Persona, String, String, String, Map)}, with nothing typed. */
    public TeamsAnswer click(Persona person, String conversation, String activityId, String verb) {
        return click(person, conversation, activityId, verb, Map.of());
    }

    /**
     * Clicks the Action.Execute with this verb, on the card as this person sees it. What Teams itself would not let pass is not sent.
     *
     * @param typed the values of inputs, by their ids
     * @throws IllegalArgumentException when this person sees no such card, or it has no such action or input
     */
    public TeamsAnswer click(
            Persona person, String conversation, String activityId, String verb, Map<String, String> typed) {
        TeamsMessage message = seen(person, conversation, activityId);
        CardAction action = tenant.card(message, person)
                .flatMap(card -> CardAction.find(card, verb))
                .orElseThrow(() -> new IllegalArgumentException(
                        "The card of %s has no Action.Execute with the verb %s".formatted(activityId, verb)));
        List<String> missing = new ArrayList<>();
        JsonNode data = action.data(typed, missing);
        if (!missing.isEmpty()) {
            return new TeamsAnswer(0, Duration.ZERO, "", String.join("\n", missing));
        }
        return invoke(person, message, activities.invoke(person, message, action, data, "manual"));
    }

    /**
     * What Teams does when this person scrolls to the card: it asks the bot for one of their own.
     *
     * @return the answer; empty when the card asks for no refresh, or not for this person
     */
    public Optional<TeamsAnswer> refresh(Persona person, String conversation, String activityId) {
        TeamsMessage message = seen(person, conversation, activityId);
        JsonNode refresh = message.card().map(card -> card.path("refresh")).orElse(JsonNodeFactory.instance.nullNode());
        if (!(refresh.path("action") instanceof ObjectNode action) || !isFor(person, refresh.path("userIds"))) {
            return Optional.empty();
        }
        CardAction asked = new CardAction(action.deepCopy(), List.of());
        JsonNode data = asked.data(Map.of(), new ArrayList<>());
        return Optional.of(invoke(person, message, activities.invoke(person, message, asked, data, "automatic")));
    }

    /** Without ids it is for everybody, in conversations of up to 60. */
    private static boolean isFor(Persona person, JsonNode userIds) {
        if (userIds.isMissingNode()) {
            return true;
        }
        for (JsonNode id : userIds) {
            if (id.asText().equals(person.teamsId())) {
                return true;
            }
        }
        return false;
    }

    private TeamsMessage seen(Persona person, String conversation, String activityId) {
        return message(conversation, activityId)
                .filter(message -> tenant.partner(message.conversation())
                        .map(person::equals)
                        .orElse(person.isInTeams()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s sees no message %s in %s".formatted(person.name(), activityId, conversation)));
    }

    private TeamsAnswer invoke(Persona person, TeamsMessage message, ObjectNode activity) {
        TeamsAnswer answer = send(activity, token()).asInvoke();
        if (answer.isAccepted()) {
            answer.card().ifPresent(card -> tenant.ownCard(message, person, card));
        }
        return answer;
    }

    /** The invoke of a click, for a test that changes it and sends it itself. */
    public ObjectNode clickActivity(Persona person, String conversation, String activityId, String verb) {
        TeamsMessage message = seen(person, conversation, activityId);
        CardAction action = tenant.card(message, person)
                .flatMap(card -> CardAction.find(card, verb))
                .orElseThrow(() -> new IllegalArgumentException("No Action.Execute with the verb " + verb));
        return activities.invoke(person, message, action, action.data(Map.of(), new ArrayList<>()), "manual");
    }

    // What goes to the bot, and how.

    /** From now on activities are POSTed to this address. */
    public void bot(URI endpoint) {
        bot.bot(endpoint);
    }

    /** A token of the Bot Connector's that is good now. */
    public String token() {
        return token(claims -> claims);
    }

    /** A token of the Bot Connector's that says something else. */
    public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return bot.key().sign(change.apply(bot.claims()).build());
    }

    /** A token that says the right things, signed by somebody else under the same key id. */
    public String forgedToken() {
        BotFrameworkKey other = BotFrameworkKey.make();
        BotFrameworkKey posing = new BotFrameworkKey(new com.nimbusds.jose.jwk.RSAKey.Builder(other.key())
                .keyID(bot.key().key().getKeyID())
                .build());
        return posing.sign(bot.claims().build());
    }

    /** From now on signs with another key, and publishes that alone. */
    public void rotateKey() {
        bot.rotateKey();
    }

    /** Sends an activity with this token, or with none. */
    public TeamsAnswer send(JsonNode activity, @Nullable String token) {
        return bot.send(activity, token);
    }

    /** The bot comes into a conversation; it hears of that when it is there. */
    public Optional<TeamsAnswer> install(String conversation) {
        return hasBot(conversation, true);
    }

    /** The bot is taken out of a conversation; it hears of that when it is there. */
    public Optional<TeamsAnswer> uninstall(String conversation) {
        return hasBot(conversation, false);
    }

    private Optional<TeamsAnswer> hasBot(String conversation, boolean is) {
        tenant.hasBot(conversation, is);
        Persona who = tenant.partner(conversation).orElse(tenant.people().getFirst());
        return bot.hasBot()
                ? Optional.of(send(activities.conversationUpdate(who, conversation, is), token()))
                : Optional.empty();
    }

    /** Forgets all access tokens, as when the app's secret is changed. */
    public void revokeTokens() {
        login.revoke();
    }

    // Trouble.

    /** From now on 503 to everything, tokens and metadata included; or no more. */
    public void outage(boolean on) {
        trouble.outage(on);
    }

    /** From now on every answer takes so long; what was asked is done at once all the same. */
    public void slow(Duration delay) {
        trouble.slow(delay);
    }

    /** The next calls are refused with this HTTP status, and nothing is done. */
    public void refuseNext(int times, int status, @Nullable Duration retryAfter) {
        trouble.refuseNext(times, status, retryAfter);
    }

    /** The next calls are done, and their answers lost: the connection is closed. */
    public void loseAnswers(int times) {
        trouble.loseAnswers(times);
    }

    /** How often something was called, refused or not: {@code token}, {@code metadata}, {@code keys}, {@code POST activities}, {@code POST conversations} and so on. */
    public int calls(String name) {
        return calls.of(name);
    }
}
