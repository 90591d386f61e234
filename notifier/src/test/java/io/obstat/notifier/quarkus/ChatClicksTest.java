package io.obstat.notifier.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.TeamsSettings;
import io.obstat.local.chat.slack.SlackAnswer;
import io.obstat.local.chat.teams.TeamsAnswer;
import io.obstat.notifier.Samples;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clicks in both chats, from the signed callback to the review on Kafka. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class ChatClicksTest extends ChatsWired {

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

    private List<Review> reviews(String key) {
        return wire.events(Topics.REVIEWS, Samples.action(key)).stream()
                .map(event -> ((ReviewSubmitted) event.data()).review())
                .toList();
    }
}
