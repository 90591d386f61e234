package io.obstat.notifier.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.CardUpdated;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Notified;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.TeamsSettings;
import io.obstat.local.chat.slack.SlackAnswer;
import io.obstat.local.chat.slack.SlackMessage;
import io.obstat.local.chat.teams.TeamsAnswer;
import io.obstat.local.chat.teams.TeamsMessage;
import io.obstat.notifier.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both chats at once: the same card, clicked in one, rewritten in both. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ChatWiringTest {

    private static final String SLACK = "C0DATA";
    private static final String TEAMS = "19:data@thread.tacv2";

    @Inject
    Wire wire;

    @TestHTTPResource
    URI notifier;

    private final FakeChat chat = Surroundings.chat();

    @BeforeEach
    void connect() {
        chat.slack().interactivity(notifier.resolve("/v1/slack/interactions"));
        chat.teams().bot(notifier.resolve("/v1/teams/messages"));
    }

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
    void shouldHandOnAClickInSlackWithWhoMadeIt() {
        // Given
        asked("slack-click");

        // When
        SlackAnswer answer = chat.slack()
                .click(Persona.REVIEWER.slackId(), SLACK, inSlack("slack-click").ts(), "approve");

        // Then
        assertThat(answer.shown()).isEmpty();
        assertThat(reviews("slack-click")).singleElement().satisfies(review -> {
            assertThat(review.verb()).isEqualTo(Review.Verb.APPROVE);
            assertThat(review.reviewer().identifiedBy()).isEqualTo(Identification.CHAT);
            assertThat(review.reviewer().authority()).isEqualTo("slack:T0OBSTAT");
            assertThat(review.reviewer().person().subject()).isEqualTo("U0REVIEWER");
            assertThat(review.reviewer().person().email()).isEqualTo("reviewer@example.com");
        });
    }

    @Test
    void shouldAskForTheReasonInSlackAndHandItOn() {
        // Given
        asked("slack-reason");
        String user = Persona.REVIEWER.slackId();

        // When
        SlackAnswer clicked =
                chat.slack().click(user, SLACK, inSlack("slack-reason").ts(), "reject?");
        await().untilAsserted(() -> assertThat(chat.slack().views(user)).hasSize(1));
        SlackAnswer submitted =
                chat.slack().submit(user, chat.slack().views(user).getFirst().id(), Map.of("reason", "not today"));

        // Then
        assertThat(clicked.shown()).isEmpty();
        assertThat(submitted.shown()).isEmpty();
        assertThat(chat.slack().views(user)).isEmpty();
        assertThat(reviews("slack-reason")).singleElement().satisfies(review -> {
            assertThat(review.verb()).isEqualTo(Review.Verb.REJECT);
            assertThat(review.reason()).isEqualTo("not today");
        });
    }

    @Test
    void shouldTurnGuestsAndBotsAwayInSlack() {
        // Given
        asked("slack-guest");
        String ts = inSlack("slack-guest").ts();

        // When
        chat.slack().click(Persona.CONTRACTOR.slackId(), SLACK, ts, "approve");
        chat.slack().click(Persona.ROBOT.slackId(), SLACK, ts, "approve");

        // Then they are told so, and nobody else
        await().untilAsserted(() -> assertThat(chat.slack().ephemerals(Persona.CONTRACTOR.slackId()))
                .extracting(Object::toString)
                .anyMatch(told -> told.contains("Guests of this workspace cannot review")));
        await().untilAsserted(() -> assertThat(chat.slack().ephemerals(Persona.ROBOT.slackId()))
                .extracting(Object::toString)
                .anyMatch(told -> told.contains("Bots and apps cannot review")));
        assertThat(reviews("slack-guest")).isEmpty();
    }

    @Test
    void shouldHandOnAClickInTeamsWithWhoMadeIt() {
        // Given
        asked("teams-click");

        // When
        TeamsAnswer answer = chat.teams()
                .click(Persona.REVIEWER, TEAMS, inTeams("teams-click").id(), "approve");

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(reviews("teams-click")).singleElement().satisfies(review -> {
            assertThat(review.verb()).isEqualTo(Review.Verb.APPROVE);
            assertThat(review.reviewer().authority()).isEqualTo("entra:" + TeamsSettings.TENANT);
            assertThat(review.reviewer().person().subject())
                    .isEqualTo(Persona.REVIEWER.entraId().toString());
            assertThat(review.reviewer().person().email()).isEqualTo("reviewer@example.com");
        });
    }

    @Test
    void shouldHandOnTheReasonGivenInTeamsAndTakeNoBlankOne() {
        // Given
        asked("teams-reason");
        String id = inTeams("teams-reason").id();

        // When
        TeamsAnswer blank = chat.teams().click(Persona.REVIEWER, TEAMS, id, "reject", Map.of("reason-reject", "  "));
        TeamsAnswer given =
                chat.teams().click(Persona.REVIEWER, TEAMS, id, "reject", Map.of("reason-reject", "not today"));

        // Then
        assertThat(blank.message()).hasValueSatisfying(said -> assertThat(said).contains("did not count", "reason"));
        assertThat(given.isAccepted()).isTrue();
        assertThat(reviews("teams-reason")).singleElement().satisfies(review -> {
            assertThat(review.verb()).isEqualTo(Review.Verb.REJECT);
            assertThat(review.reason()).isEqualTo("not today");
        });
    }

    @Test
    void shouldTurnGuestsAwayInTeamsAndRefuseWhatNoCardOffers() {
        // Given
        asked("teams-guest");
        String id = inTeams("teams-guest").id();

        // When
        TeamsAnswer guest = chat.teams().click(Persona.CONTRACTOR, TEAMS, id, "approve");
        ObjectNode forged = chat.teams().clickActivity(Persona.REVIEWER, TEAMS, id, "approve");
        ((ObjectNode) forged.path("value").path("action")).put("verb", "revoke");
        TeamsAnswer revoking = chat.teams().send(forged, chat.teams().token());

        // Then
        assertThat(guest.message()).hasValueSatisfying(said -> assertThat(said).contains("Guests of this tenant"));
        assertThat(revoking.statusCode()).isEqualTo(400);
        assertThat(reviews("teams-guest")).isEmpty();
    }

    @Test
    void shouldShowEachInTeamsWhatTheyMayDo() {
        // Given
        asked("per-person");
        String card = inTeams("per-person").id();

        // When both see it
        chat.teams().refresh(Persona.REVIEWER, TEAMS, card);
        chat.teams().refresh(Persona.OWNER, TEAMS, card);

        // Then
        String reviewers = own(Persona.REVIEWER, card);
        assertThat(reviewers).contains("\"approve\"", "\"reject\"").doesNotContain("You own etl-agent");
        String owners = own(Persona.OWNER, card);
        assertThat(owners)
                .contains("You own etl-agent, so you cannot approve its requests.", "Full request", "\"refresh\"")
                .doesNotContain("\"approve\"", "\"reject\"", "\"claim\"", "\"ask\"");
        assertThat(inTeams("per-person").words()).doesNotContain("You own etl-agent");
    }

    private String own(Persona person, String card) {
        assertThat(chat.teams().hasOwnCard(person, TEAMS, card)).isTrue();
        return chat.teams().card(person, TEAMS, card).orElseThrow().toString().replace('\u00a0', ' ');
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
    void shouldNotTakeAwayTheCardOfOneActionForAClickThatNamesAnother() {
        // Given
        asked("stays");
        asked("other");
        ObjectNode forged = chat.teams()
                .clickActivity(Persona.REVIEWER, TEAMS, inTeams("stays").id(), "claim");
        ((ObjectNode) forged.path("value").path("action").path("data"))
                .put("action", Samples.action("other").value());

        // When
        chat.teams().send(forged, chat.teams().token());
        chat.teams().click(Persona.REVIEWER, TEAMS, inTeams("other").id(), "claim");

        // Then both are rewritten as before
        send("decisions", Samples.decision("stays", Outcome.REJECTED, DecidedBy.PEOPLE));
        await().untilAsserted(() -> assertThat(inTeams("stays").words()).contains("Rejected"));
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

    private void asked(String key) {
        send("verdicts", Samples.approvalRequired(key, "for-chat"));
        inSlack(key);
        inTeams(key);
    }

    private void send(String channel, Envelope<ActionEvent> event) {
        wire.send(channel, EventCodec.encode(event)).join();
    }

    private List<Review> reviews(String key) {
        return wire.events(Topics.REVIEWS, Samples.action(key)).stream()
                .map(event -> ((ReviewSubmitted) event.data()).review())
                .toList();
    }

    private SlackMessage inSlack(String key) {
        return await().until(() -> slackCards(key), cards -> !cards.isEmpty()).getFirst();
    }

    private List<SlackMessage> slackCards(String key) {
        return chat.slack().messages(SLACK).stream()
                .filter(message -> !message.isReply()
                        && message.text().endsWith("#" + Samples.action(key).shortForm()))
                .toList();
    }

    private TeamsMessage inTeams(String key) {
        return await().until(() -> teamsCards(key), cards -> !cards.isEmpty()).getFirst();
    }

    private List<TeamsMessage> teamsCards(String key) {
        return chat.teams().messages(TEAMS).stream()
                .filter(message -> !message.isReply()
                        && message.words().contains("#" + Samples.action(key).shortForm()))
                .toList();
    }
}
