package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Topics;
import io.obstat.local.chat.Persona;
import io.obstat.local.chat.slack.SlackAnswer;
import io.obstat.local.chat.slack.SlackView;
import io.obstat.local.chat.teams.TeamsAnswer;
import io.obstat.systemtests.Actions.Asked;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** People are asked in Slack and in Teams, and answer there. */
@ExtendWith(RoadExtension.class)
@Order(4)
class ChatIT {

    private static final String AGENT = "etl-agent";
    private static final String REFUSED = "io.obstat.approval.review-refused.v1";

    @Test
    void shouldAllowWhatIsApprovedInSlackAndShowTheReceiptInBothChats(Road road) {
        // Given a request, and a card about it in both chats
        Chats chats = road.chats();
        Actions actions = new Actions(road);
        Asked asked = asked(road);
        assertThat(chats.cardInSlack(asked)).contains("Export data from production", "country = 'DE'");
        assertThat(chats.cardInTeams(asked)).contains("Export data from production");

        // When
        SlackAnswer clicked = chats.clickInSlack(Persona.REVIEWER, asked, "approve");

        // Then the agent may, and both chats say so
        assertThat(clicked.shown()).isEmpty();
        Answer decision = decision(actions, asked);
        assertThat(decision.text("/outcome")).isEqualTo("allowed");
        assertThat(decision.text("/reviews/0/reviewer/identifiedBy")).isEqualTo("chat");
        assertThat(decision.text("/reviews/0/reviewer/authority")).isEqualTo("slack:T0OBSTAT");
        awaitOutcome(chats, asked, "Allowed");
        assertThat(chats.inSlack(asked).getFirst().actionIds()).containsExactly("full-request");

        // When it runs
        actions.redeem(AGENT, decision.text("/grant/token"), asked.digest()).require(200);
        actions.report(AGENT, decision.text("/grant/id")).require(200, 201, 202, 204);

        // Then there is a receipt, and there was one card all the time
        await().atMost(Actions.PATIENCE).untilAsserted(() -> {
            assertThat(chats.cardInSlack(asked)).contains("Ran as approved");
            assertThat(chats.cardInTeams(asked)).contains("Ran as approved");
            assertThat(chats.threadInSlack(asked)).hasSize(2).last().asString().contains("Ran as approved");
            assertThat(chats.threadInTeams(asked)).hasSize(2).last().asString().contains("Ran as approved");
        });
        assertThat(chats.inSlack(asked)).hasSize(1);
        assertThat(chats.inTeams(asked)).hasSize(1);
    }

    @Test
    void shouldRefuseTheOwnerAndTellThemWhy(Road road) {
        // Given
        Chats chats = road.chats();
        Asked asked = asked(road);

        // When
        SlackAnswer inSlack = chats.clickInSlack(Persona.OWNER, asked, "approve");
        TeamsAnswer inTeams = chats.clickInTeams(Persona.OWNER, asked, "approve", Map.of());

        // Then
        assertThat(inSlack.shown()).isEmpty();
        await().atMost(Actions.PATIENCE).untilAsserted(() -> {
            assertThat(chats.toldInSlack(Persona.OWNER)).anyMatch(told -> told.contains("You own etl-agent"));
            assertThat(chats.toldInTeams(Persona.OWNER, inTeams)).anyMatch(told -> told.contains("You own etl-agent"));
        });
        isRefused(road, asked, "own-agent");
    }

    @Test
    void shouldShowEachInTeamsWhatTheyMayDo(Road road) {
        // Given
        Chats chats = road.chats();
        Asked asked = asked(road);

        // When / Then a card may be seen before decision-service has heard of its action
        await().atMost(Actions.PATIENCE)
                .untilAsserted(() -> assertThat(chats.seenInTeams(Persona.OWNER, asked))
                        .contains("You own etl-agent, so you cannot approve its requests.")
                        .doesNotContain("\"verb\":\"approve\"", "\"verb\":\"reject\""));
        assertThat(chats.seenInTeams(Persona.REVIEWER, asked))
                .contains("\"verb\":\"approve\"", "\"verb\":\"reject\"")
                .doesNotContain("You own etl-agent");
        assertThat(chats.seenInTeams(Persona.AUDITOR, asked))
                .contains("This is for people in data-governance")
                .doesNotContain("\"verb\":\"approve\"");
    }

    @Test
    void shouldWriteToEachWhoIsOnCallAndTellTheRequesterInBothChats(Road road) {
        // Given
        Chats chats = road.chats();
        ObjectNode large = Actions.export();
        large.withObject("parameters").put("rows", 250_000);

        // When somebody on call is asked as well
        Asked asked = new Actions(road).ask(AGENT, "chat-" + UUID.randomUUID(), large);

        // Then both who are on call have cards of their own, and nobody else has
        await().atMost(Actions.PATIENCE).untilAsserted(() -> {
            assertThat(chats.cardsAlone(Persona.ONCALL, asked)).hasSize(2);
            assertThat(chats.cardsAlone(Persona.SECOND_REVIEWER, asked)).hasSize(2);
        });
        assertThat(chats.cardsAlone(Persona.REVIEWER, asked)).isEmpty();

        // When it is rejected elsewhere
        chats.awaitCards(asked);
        chats.clickInTeams(Persona.REVIEWER, asked, "reject", Map.of("reason-reject", "too much at once"));

        // Then their cards say so, and the owner is told in both chats
        await().atMost(Actions.PATIENCE).untilAsserted(() -> {
            assertThat(chats.cardsAlone(Persona.ONCALL, asked))
                    .hasSize(2)
                    .allSatisfy(words -> assertThat(words).contains("Rejected"));
            assertThat(chats.toldAlone(Persona.OWNER, asked)).hasSize(2);
        });
    }

    @Test
    void shouldRefuseAStrangerAndTellThemWhy(Road road) {
        // Given somebody who is in both chats, and unknown to the directory
        Chats chats = road.chats();
        Asked asked = asked(road);

        // When
        SlackAnswer inSlack = chats.clickInSlack(Persona.STRANGER, asked, "approve");
        TeamsAnswer inTeams = chats.clickInTeams(Persona.STRANGER, asked, "approve", Map.of());

        // Then
        assertThat(inSlack.shown()).isEmpty();
        await().atMost(Actions.PATIENCE).untilAsserted(() -> {
            assertThat(chats.toldInSlack(Persona.STRANGER)).anyMatch(told -> told.contains("data-governance"));
            assertThat(chats.toldInTeams(Persona.STRANGER, inTeams)).anyMatch(told -> told.contains("data-governance"));
        });
        isRefused(road, asked, "not-eligible");
    }

    /** Twice, once in each chat; nothing is approved; and the ledger has it. */
    private static void isRefused(Road road, Asked asked, String cause) {
        await().atMost(Actions.PATIENCE)
                .untilAsserted(() -> assertThat(road.timeline(asked.id()))
                        .filteredOn(REFUSED::equals)
                        .hasSize(2));
        assertThat(road.topics().events(Topics.APPROVALS, asked.id()))
                .filteredOn(entry -> entry.type().equals(REFUSED))
                .extracting(entry -> entry.value().path("cause").asText())
                .containsExactly(cause, cause);
        assertThat(road.topics().events(Topics.DECISIONS, asked.id())).isEmpty();
        assertThat(road.chats().cardInSlack(asked)).contains("0 of 1");
        assertThat(road.chats().cardInTeams(asked)).contains("0 of 1");
    }

    @Test
    void shouldTellTheAgentAndSlackWhyItWasRejectedInTeams(Road road) {
        // Given
        Chats chats = road.chats();
        Asked asked = asked(road);

        // When
        TeamsAnswer answer =
                chats.clickInTeams(Persona.REVIEWER, asked, "reject", Map.of("reason-reject", "Use the masked view."));

        // Then
        assertThat(answer.isAccepted()).as("%s", answer).isTrue();
        Answer decision = decision(new Actions(road), asked);
        assertThat(decision.text("/outcome")).isEqualTo("rejected");
        assertThat(decision.body().toString()).contains("Use the masked view.");
        awaitOutcome(chats, asked, "Rejected");
        assertThat(chats.cardInSlack(asked)).contains("Use the masked view.", "a click in Teams");
    }

    @Test
    void shouldTakeTheReasonInSlacksDialog(Road road) {
        // Given
        Chats chats = road.chats();
        Asked asked = asked(road);
        String user = Persona.REVIEWER.slackId();

        // When
        chats.clickInSlack(Persona.REVIEWER, asked, "reject?");
        SlackView dialog = await().atMost(Actions.PATIENCE)
                .until(() -> chats.slack().views(user), views -> !views.isEmpty())
                .getLast();
        SlackAnswer sent = chats.slack().submit(user, dialog.id(), Map.of("reason", "Not before Monday."));

        // Then
        assertThat(sent.shown()).isEmpty();
        assertThat(decision(new Actions(road), asked).body().toString()).contains("Not before Monday.");
        awaitOutcome(chats, asked, "Rejected");
        assertThat(chats.cardInTeams(asked)).contains("Not before Monday.", "a click in Slack");
    }

    @Test
    void shouldCountAClickThatWasMadeWhileDecisionsWereAway(Road road) {
        // Given
        Chats chats = road.chats();
        Asked asked = asked(road);
        road.kill("decision-service");

        // When
        SlackAnswer clicked = chats.clickInSlack(Persona.REVIEWER, asked, "approve");
        road.restart("decision-service");

        // Then
        assertThat(clicked.shown()).isEmpty();
        assertThat(decision(new Actions(road), asked).text("/outcome")).isEqualTo("allowed");
        awaitOutcome(chats, asked, "Allowed");
    }

    /** A request that can be approved in both chats. */
    private static Asked asked(Road road) {
        Asked asked = new Actions(road).ask(AGENT, "chat-" + UUID.randomUUID(), Actions.export());
        road.chats().awaitCards(asked);
        return asked;
    }

    private static Answer decision(Actions actions, Asked asked) {
        return await().atMost(Actions.PATIENCE)
                .until(() -> actions.decision(AGENT, asked), answer -> answer.status() == 200);
    }

    /** On both cards, and once in each thread. */
    private static void awaitOutcome(Chats chats, Asked asked, String outcome) {
        await().atMost(Actions.PATIENCE).untilAsserted(() -> {
            assertThat(chats.cardInSlack(asked)).contains(outcome);
            assertThat(chats.cardInTeams(asked)).contains(outcome);
            assertThat(chats.threadInSlack(asked)).hasSize(1).first().asString().contains(outcome);
            assertThat(chats.threadInTeams(asked)).hasSize(1).first().asString().contains(outcome);
        });
    }
}
