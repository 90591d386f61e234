package io.obstat.systemtests;

import static org.awaitility.Awaitility.await;

import io.obstat.contracts.ActionId;
import io.obstat.local.Endpoints;
import io.obstat.local.StackSpec;
import io.obstat.local.chat.ChatChannel;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatRecipe;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.slack.FakeSlack;
import io.obstat.local.chat.slack.SlackAnswer;
import io.obstat.local.chat.slack.SlackMessage;
import io.obstat.local.chat.teams.FakeTeams;
import io.obstat.local.chat.teams.TeamsAnswer;
import io.obstat.local.chat.teams.TeamsMessage;
import io.obstat.systemtests.Actions.Asked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A Slack and a Teams in the test's own process, so that it sees what is said in them, clicks, and makes trouble. */
final class Chats implements AutoCloseable {

    private static final String SLACK = ChatChannel.DATA.slackId();
    private static final String TEAMS = ChatChannel.DATA.teamsId();
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final FakeChat chat;

    /** What each card in Teams said when it was first seen; which action it is about never changes. */
    private final Map<String, String> said = new ConcurrentHashMap<>();

    private Chats(FakeChat chat) {
        this.chat = chat;
    }

    /** Those of the notifier of this stack. */
    static Chats start(StackSpec spec) {
        return new Chats(FakeChat.start(
                FakeChatRecipe.settings(spec.directories(), new Endpoints(spec.ports(), spec.infrastructure()))));
    }

    FakeSlack slack() {
        return chat.slack();
    }

    FakeTeams teams() {
        return chat.teams();
    }

    /** The cards about this action in Slack; one, unless something is wrong. */
    List<SlackMessage> inSlack(Asked asked) {
        String name = name(asked);
        return slack().messages(SLACK).stream()
                .filter(message -> !message.isReply() && message.text().endsWith(name))
                .toList();
    }

    /** The cards about this action in Teams; one, unless an answer was lost. */
    List<TeamsMessage> inTeams(Asked asked) {
        String name = name(asked);
        return teams().messages(TEAMS).stream()
                .filter(message -> !message.isReply()
                        && said.computeIfAbsent(message.id(), id -> message.words())
                                .contains(name))
                .toList();
    }

    private static String name(Asked asked) {
        return "#" + new ActionId(asked.id()).shortForm();
    }

    /** Returns as soon as both cards are there and can be approved. */
    void awaitCards(Asked asked) {
        await().atMost(Actions.PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> inSlack(asked).stream()
                                .anyMatch(card -> card.actionIds().contains("approve"))
                        && !inTeams(asked).isEmpty());
    }

    SlackAnswer clickInSlack(Persona who, Asked asked, String button) {
        return slack().click(who.slackId(), SLACK, inSlack(asked).getFirst().ts(), button);
    }

    TeamsAnswer clickInTeams(Persona who, Asked asked, String verb, Map<String, String> typed) {
        return teams().click(who, TEAMS, inTeams(asked).getFirst().id(), verb, typed);
    }

    /** This person scrolls to the cards about this action. */
    void refreshInTeams(Persona who, Asked asked) {
        inTeams(asked).forEach(card -> teams().refresh(who, TEAMS, card.id()));
    }

    /** What the card in Slack says now. */
    String cardInSlack(Asked asked) {
        return inSlack(asked).getFirst().words();
    }

    /** What the card in Teams says now, as it is read. */
    String cardInTeams(Asked asked) {
        return read(inTeams(asked).getFirst());
    }

    /** In Teams none of several blanks in a row is lost, and long words have places to break. */
    private static String read(TeamsMessage message) {
        return message.words().replace('\u00A0', ' ').replace("\u200B", "");
    }

    List<String> threadInSlack(Asked asked) {
        return slack().thread(SLACK, inSlack(asked).getFirst().ts()).stream()
                .map(SlackMessage::words)
                .toList();
    }

    List<String> threadInTeams(Asked asked) {
        return teams().thread(TEAMS, inTeams(asked).getFirst().id()).stream()
                .map(Chats::read)
                .toList();
    }

    /** What this person alone was told in Slack. */
    List<String> toldInSlack(Persona who) {
        return slack().ephemerals(who.slackId()).stream()
                .map(told -> told.words())
                .toList();
    }

    /** What this person alone was told in Teams: in answer to the click, or in their chat with the bot when it took longer. */
    List<String> toldInTeams(Persona who, TeamsAnswer answer) {
        List<String> told = new ArrayList<>();
        Stream.of(answer.message(), Optional.ofNullable(answer.problem())).forEach(said -> said.ifPresent(told::add));
        teams().messages(teams().chat(who)).forEach(message -> told.add(read(message)));
        return told;
    }

    /** The verbs of the card that this person sees in Teams, once they have scrolled to it. */
    String seenInTeams(Persona who, Asked asked) {
        refreshInTeams(who, asked);
        return teams().card(who, TEAMS, inTeams(asked).getFirst().id())
                .orElseThrow()
                .toString()
                .replace('\u00A0', ' ');
    }

    /** The cards about this action that stand in the chats between this person and the app, in Slack and in Teams. */
    List<String> cardsAlone(Persona who, Asked asked) {
        return alone(who, asked).filter(words -> words.contains("Full request")).toList();
    }

    /** What this person was told there about this action beside cards. */
    List<String> toldAlone(Persona who, Asked asked) {
        return alone(who, asked)
                .filter(words -> !words.contains("Full request"))
                .toList();
    }

    private Stream<String> alone(Persona who, Asked asked) {
        return Stream.concat(
                        slack().messages(slack().directMessages(who.slackId())).stream()
                                .filter(message -> !message.isReply())
                                .map(SlackMessage::words),
                        teams().messages(teams().chat(who)).stream().map(Chats::read))
                .filter(words -> words.contains(name(asked)));
    }

    @Override
    public void close() {
        chat.close();
    }
}
