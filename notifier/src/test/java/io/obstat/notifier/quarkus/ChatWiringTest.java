package io.obstat.notifier.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.CardUpdated;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Notified;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.slack.SlackMessage;
import io.obstat.local.chat.teams.TeamsMessage;
import io.obstat.notifier.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both chats at once: the same card, told once and rewritten in both. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ChatWiringTest extends ChatsWired {

    @Test
    void shouldRewriteTheCardOfBothChatsWhateverBecomesOfIt() {
        // Given
        asked("both");
        SlackMessage inSlack = inSlack("both");
        TeamsMessage inTeams = inTeams("both");
        assertThat(inSlack.words()).contains("Export customer data from production", "where  │ country = 'DE'");
        assertThat(inSlack.actionIds()).contains("approve", "reject?", "claim", "ask?");
        assertThat(inTeams.words()).contains("Export customer data from production");

        // When somebody elsewhere approves, and that decides it, and it runs
        send("approvals", Samples.reviewRecorded("both"));
        send("decisions", Samples.decision("both", Outcome.ALLOWED, DecidedBy.PEOPLE));

        // Then both say so, in place, and in their threads
        await().untilAsserted(() -> assertThat(inSlack("both").words()).contains("Allowed"));
        await().untilAsserted(() -> assertThat(inTeams("both").words()).contains("Allowed"));
        assertThat(inSlack("both").ts()).isEqualTo(inSlack.ts());
        assertThat(inTeams("both").id()).isEqualTo(inTeams.id());
        assertThat(inSlack("both").actionIds()).containsExactly("full-request");
        await().untilAsserted(() ->
                assertThat(chat.slack().thread(SLACK, inSlack.ts())).hasSize(1));
        await().untilAsserted(() ->
                assertThat(chat.teams().thread(TEAMS, inTeams.id())).hasSize(1));
        // And it is on record that people were told, and that the cards were rewritten
        await().untilAsserted(() -> assertThat(wire.events(Topics.NOTIFICATIONS, Samples.action("both")))
                .extracting(Envelope::data)
                .hasAtLeastOneElementOfType(Notified.class)
                .filteredOn(CardUpdated.class::isInstance)
                .extracting(updated -> ((CardUpdated) updated).channel())
                .contains("slack", "teams"));
    }

    @Test
    void shouldTellEachMemberOfAGroupForThemselvesAndNobodyTwice() {
        // Given a decision-service that has not read as far as the notifier
        Surroundings.decisions().behind(3);

        // When
        send("verdicts", Samples.approvalRequired("one-by-one", "one-by-one"));

        // Then both have a card, in both chats
        await().untilAsserted(() -> assertThat(told("one-by-one", "approval.required"))
                .containsExactlyInAnyOrder(
                        "slack " + Persona.REVIEWER.slackId(),
                        "slack " + Persona.SECOND_REVIEWER.slackId(),
                        "teams " + Persona.REVIEWER.entraId(),
                        "teams " + Persona.SECOND_REVIEWER.entraId()));
        for (Persona person : List.of(Persona.REVIEWER, Persona.SECOND_REVIEWER)) {
            assertThat(cards(person, "one-by-one")).hasSize(2);
        }

        // And what becomes of it
        send("decisions", Samples.decision("one-by-one", Outcome.REJECTED, DecidedBy.PEOPLE));
        await().untilAsserted(() -> assertThat(told("one-by-one", "action.decided"))
                .containsExactlyInAnyOrder(
                        "slack " + Persona.REVIEWER.slackId(),
                        "slack " + Persona.SECOND_REVIEWER.slackId(),
                        "slack requester:" + Persona.OWNER.slackId(),
                        "teams " + Persona.REVIEWER.entraId(),
                        "teams " + Persona.SECOND_REVIEWER.entraId(),
                        "teams requester:" + Persona.OWNER.entraId()));
        for (Persona person : List.of(Persona.REVIEWER, Persona.SECOND_REVIEWER)) {
            await().untilAsserted(() -> assertThat(cards(person, "one-by-one"))
                    .hasSize(2)
                    .allSatisfy(words -> assertThat(words).contains("Rejected")));
        }
        assertThat(chat.teams().messages(chat.teams().chat(Persona.OWNER)))
                .filteredOn(message -> message.words()
                        .contains("#" + Samples.action("one-by-one").shortForm()))
                .hasSize(1);
    }

    private List<String> told(String key, String kind) {
        return wire.events(Topics.NOTIFICATIONS, Samples.action(key)).stream()
                .map(Envelope::data)
                .filter(Notified.class::isInstance)
                .map(Notified.class::cast)
                .filter(told -> told.kind().equals(kind) && !told.channel().equals("webhook"))
                .map(told -> told.channel() + " " + told.recipient())
                .toList();
    }

    /** The words of the cards with this person alone, in both chats. */
    private List<String> cards(Persona person, String key) {
        String id = "#" + Samples.action(key).shortForm();
        return Stream.concat(
                        chat.slack().messages(chat.slack().directMessages(person.slackId())).stream()
                                .filter(message ->
                                        !message.isReply() && message.text().endsWith(id))
                                .map(SlackMessage::words),
                        chat.teams().messages(chat.teams().chat(person)).stream()
                                .filter(message -> message.words().contains(id)
                                        && message.words().contains("Full request"))
                                .map(TeamsMessage::words))
                .toList();
    }

    @Test
    void shouldTakeAwayTheCardThatIsOneTooManyWhenSomebodySeesIt() {
        // Given an answer that was lost, so that Teams, which cannot be asked, has the card twice
        chat.teams().loseAnswers(1);
        asked("stray");
        await().untilAsserted(() -> assertThat(teamsCards("stray")).hasSize(2));
        await().untilAsserted(() -> assertThat(wire.events(Topics.NOTIFICATIONS, Samples.action("stray")))
                .hasSize(3));

        // When
        teamsCards("stray").forEach(card -> chat.teams().refresh(Persona.REVIEWER, TEAMS, card.id()));

        // Then
        await().untilAsserted(() -> assertThat(teamsCards("stray")).hasSize(1));
        send("decisions", Samples.decision("stray", Outcome.REJECTED, DecidedBy.PEOPLE));
        await().untilAsserted(() -> assertThat(inTeams("stray").words()).contains("Rejected"));
    }

    @Test
    void shouldSayEverythingOnceInSlackThoughAnswersWereLost() {
        // Given
        asked("said-once");
        String ts = inSlack("said-once").ts();

        // When what becomes of it is told, and some of Slack's answers never arrive
        chat.slack().loseAnswers(3);
        send("decisions", Samples.decision("said-once", Outcome.REJECTED, DecidedBy.PEOPLE));

        // Then it stands once in the thread, and once with whoever waits for it
        await().untilAsserted(() -> assertThat(wire.events(Topics.NOTIFICATIONS, Samples.action("said-once")))
                .extracting(Envelope::data)
                .filteredOn(
                        event -> event instanceof Notified told && told.kind().equals("action.decided"))
                .extracting(event -> ((Notified) event).channel())
                .containsExactlyInAnyOrder("webhook", "slack", "slack", "teams", "teams"));
        assertThat(chat.slack().thread(SLACK, ts)).hasSize(1);
        String withOwner = chat.slack().directMessages(Persona.OWNER.slackId());
        assertThat(chat.slack().messages(withOwner))
                .filteredOn(message -> message.words()
                        .contains("#" + Samples.action("said-once").shortForm()))
                .hasSize(1);
    }

    @Test
    void shouldPostOneCardInSlackThoughTheAnswerWasLost() {
        // Given
        chat.slack().loseAnswers(1);

        // When
        asked("lost");

        // Then
        await().untilAsserted(() -> assertThat(wire.events(Topics.NOTIFICATIONS, Samples.action("lost")))
                .extracting(Envelope::data)
                .filteredOn(Notified.class::isInstance)
                .extracting(told -> ((Notified) told).channel())
                .contains("slack", "teams"));
        assertThat(slackCards("lost")).hasSize(1);
    }
}
