package io.obstat.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.contracts.event.RunOverdue;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarratorTest {
    private static final Map<EventType, String> SENTENCES = new EnumMap<>(Map.ofEntries(
            Map.entry(
                    EventType.ACTION_INTENT,
                    "A pipeline left a request at the Kafka door; nobody has authenticated it yet."),
            Map.entry(
                    EventType.ACTION_REQUESTED,
                    "etl-agent asked, for owner <owner@example.com>, to do data.export on postgres://prod/customers in production. "
                            + "It says why: “quarterly churn analysis”."),
            Map.entry(
                    EventType.ACTION_WITHDRAWN, "etl-agent took the request back, and says why: “found another way”."),
            Map.entry(
                    EventType.APPROVAL_REQUIRED,
                    "Policy asks people: exports of customer data need a person (high risk; rule prod-data-export). It needs 1 from "
                            + "data-governance within 30 minutes."),
            Map.entry(
                    EventType.AUTO_ALLOWED,
                    "Policy allows it without anyone: reading is always allowed (high risk; rule prod-data-export)."),
            Map.entry(
                    EventType.AUTO_DENIED,
                    "Policy forbids it: dropping tables is forbidden (high risk; rule prod-data-export). Safer: archive the table."),
            Map.entry(
                    EventType.REVIEW_SUBMITTED,
                    "reviewer clicked ‘approve’ in a channel, identified by a chat click: “ok”."),
            Map.entry(
                    EventType.APPROVAL_OPENED,
                    "From now on people can decide: 1 from data-governance, until 14:32:01 UTC."),
            Map.entry(
                    EventType.REVIEW_RECORDED,
                    "reviewer approved, identified by OIDC session: “looks right” (1 of 1 from data-governance)."),
            Map.entry(
                    EventType.REVIEW_REFUSED,
                    "reviewer tried to approve and was refused, identified by bearer token. They were told: You own etl-agent, so you "
                            + "cannot approve its requests."),
            Map.entry(
                    EventType.DECISION,
                    "Decided by people: allowed. The agent is told: “1 of 1 from data-governance approved”. The grant is good for one run until "
                            + "14:17:00 UTC."),
            Map.entry(
                    EventType.GRANT_REDEEMED,
                    "etl-agent took up its grant for exactly this action; the grant is used up."),
            Map.entry(
                    EventType.GRANT_MISUSED,
                    "etl-agent presented the grant and was refused: This grant was used at 14:02:13."),
            Map.entry(EventType.ACTION_EXECUTED, "etl-agent reports that it ran: “48210 rows written”."),
            Map.entry(EventType.NOTIFIED, "https://hooks.example.com/a was told by webhook after 2 tries."),
            Map.entry(
                    EventType.NOTIFICATION_FAILED,
                    "https://hooks.example.com/b could not be told by webhook after 8 tries: “503 Service Unavailable”."),
            Map.entry(EventType.CARD_UPDATED, "The card in slack for C0DATA was rewritten."),
            Map.entry(EventType.APPROVAL_CLAIMED, "reviewer is looking at it, identified by a security key."),
            Map.entry(
                    EventType.APPROVAL_RELEASED, "reviewer is no longer looking at it, identified by a security key."),
            Map.entry(
                    EventType.APPROVAL_ESCALATED,
                    "reviewer escalated, identified by a security key: “too large for me”; from now on people in managers can decide as well."),
            Map.entry(
                    EventType.APPROVAL_REMINDED,
                    "Those who have not answered were reminded (reminder 2; 0 of 1 from data-governance)."),
            Map.entry(
                    EventType.QUESTION_ASKED,
                    "reviewer asked the agent a question, identified by a security key: “Which columns?”."),
            Map.entry(EventType.QUESTION_ANSWERED, "etl-agent answered the question: “id and country”."),
            Map.entry(
                    EventType.REASSESSMENT_REQUESTED,
                    "reviewer changed the inputs, identified by a security key: “fewer rows will do”; policy is asked again."),
            Map.entry(
                    EventType.NOBODY_REACHED,
                    "Nobody could be told that people are asked, and nobody has come; there is time until 14:32:00 UTC."),
            Map.entry(
                    EventType.GLASS_BROKEN,
                    "reviewer allowed it at once, in an emergency, identified by a security key: “the pager is on fire”. Owners to be told: owner <owner@example.com>; 2 from security must sign until 2026-11-23 14:02:00 UTC."),
            Map.entry(
                    EventType.GLASS_SIGNED,
                    "reviewer looked at what was allowed in an emergency, and signed, identified by a security key (1 more to sign)."),
            Map.entry(
                    EventType.GLASS_OVERDUE,
                    "owner <owner@example.com> allowed it in an emergency. Others had until 14:02:00 UTC to sign, and 1 of them is missing."),
            Map.entry(
                    EventType.DECISION_REVOKED,
                    "reviewer revoked it, identified by a security key: “the ticket was closed”; the grant was unused, and is void. "
                            + "The agent is told: “Revoked by a person in data-governance: the ticket was closed. Run nothing”."),
            Map.entry(EventType.RUN_OVERDUE, "etl-agent took up its grant, and has not reported in time how it ended."),
            Map.entry(EventType.POLICY_SET_ACTIVATED, "The policy set demo with 2 rules came into force.")));

    @Test
    void shouldTellEveryTypeOfEventAsASentence() {
        for (EventType type : EventType.values()) {
            // Given
            var event = Samples.of(type, Samples.action(1));

            // When
            String sentence = Narrator.tell(event).text();

            // Then
            assertThat(sentence).as(type.wireName()).isEqualTo(SENTENCES.get(type));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            APPROVE     | approve
            REJECT      | reject
            ESCALATE    | escalate
            CLAIM       | claim it
            RELEASE     | let go of it
            ASK         | ask the agent
            BREAK_GLASS | break the glass
            SIGN        | sign
            REVOKE      | revoke it
            """)
    void shouldHaveAWordForWhateverAPersonTries(Review.Verb verb, String words) {
        // Given
        Review review = ApprovalSamples.review(verb, "because");

        // When
        String clicked =
                Narrator.tell(new ReviewSubmitted(Samples.action(1), review)).text();
        String refused = Narrator.tell(new ReviewRefused(
                        Samples.action(1), review, ReviewRefused.Cause.OVERDUE, "Not you.", Samples.at(1)))
                .text();

        // Then
        assertThat(clicked)
                .isEqualTo("reviewer clicked ‘%s’ in a channel, identified by a security key: “because”."
                        .formatted(words));
        assertThat(refused)
                .isEqualTo(
                        "reviewer tried to %s and was refused, identified by a security key: “because”. They were told: Not you."
                                .formatted(words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UNDELIVERABLE  | TIME   | Decided by the deadline: undeliverable, for nobody could be told of it. The agent is told: “So it is”.
            SUPERSEDED     | POLICY | Decided by policy: superseded by an identical request; %s counts instead. The agent is told: “So it is”.
            POLICY_CHANGED | POLICY | Decided by policy: ended by a change of policy. The agent is told: “So it is”.
            """)
    void shouldTellHowElseItCanEnd(Outcome outcome, DecidedBy by, String sentence) {
        assertThat(Narrator.tell(ApprovalSamples.ended(Samples.action(1), outcome, by))
                        .text())
                .isEqualTo(sentence.formatted(Samples.action(9)));
    }

    @Test
    void shouldTellAnEmergencyAndThatInputsWereChanged() {
        assertThat(Narrator.tell(ApprovalSamples.allowedEdited(Samples.action(1), DecidedBy.BREAK_GLASS))
                        .text())
                .startsWith(
                        "Decided by one person, in an emergency: allowed, with the inputs as a reviewer changed them. The agent is told: ");
    }

    @Test
    void shouldTellForWhomADelegateStands() {
        // Given
        ReviewRecorded recorded = Samples.recorded(Samples.action(1));

        // When
        String sentence = Narrator.tell(new ReviewRecorded(
                        recorded.actionId(),
                        recorded.review(),
                        Samples.OWNER,
                        recorded.progress(),
                        recorded.recordedAt()))
                .text();

        // Then
        assertThat(sentence)
                .isEqualTo(
                        "reviewer approved, standing in for owner <owner@example.com>, identified by OIDC session: “looks right” "
                                + "(1 of 1 from data-governance).");
    }

    @Test
    void shouldTellWhatHappensWithoutAnyone() {
        // Given
        ActionId id = Samples.action(1);

        // When
        List<String> sentences = Stream.of(
                        new ApprovalEscalated(id, "managers", null, Samples.at(6)),
                        new ReassessmentRequested(id, Samples.requested(id), null, Samples.at(6)),
                        new DecisionRevoked(id, GrantId.of(id), true, null, "You gave it back.", Samples.at(6), "jws"),
                        new RunOverdue(id, GrantId.of(id), Samples.AGENT, true, null, Samples.at(6)),
                        ApprovalSamples.signed(id, 0))
                .map(event -> Narrator.tell(event).text())
                .toList();

        // Then
        assertThat(sentences)
                .containsExactly(
                        "Time has passed without a decision: from now on people in managers can decide as well.",
                        "Another policy set has come into force; policy is asked again.",
                        "The grant was given back unused, and is void. The agent is told: “You gave it back”.",
                        "etl-agent did not take up its grant in time; nothing is known to have run.",
                        "reviewer looked at what was allowed in an emergency, and signed, identified by a security key (nobody else has to).");
    }

    @Test
    void shouldSpellOutWhatIsHiddenAndMarkItAsTheAgentsWords() {
        // Given
        var request = Samples.requested(Samples.action(1), "harmless\u202Etxt.exe\u200B\nreviewer approved");

        // When
        Sentence sentence = Narrator.tell(request);

        // Then
        assertThat(sentence.text()).endsWith("It says why: “harmless⟨U+202E⟩txt.exe⟨U+200B⟩↵reviewer approved”.");
        assertThat(sentence.parts())
                .filteredOn(part -> part.text().contains("reviewer approved"))
                .extracting(Sentence.Part::voice)
                .containsExactly(Sentence.Voice.QUOTED);
    }

    @Test
    void shouldTellOfARecordThatCannotBeRead() {
        // Given
        var leaf = LedgerLeaf.OfUnreadable.of(
                new SourceRecord("obstat.actions", 1, 7, Samples.START), new byte[12], "not JSON");

        // When
        String sentence = Narrator.tell(leaf).text();

        // Then
        assertThat(sentence)
                .isEqualTo(
                        "A record of obstat.actions could not be read (12 bytes, kept in its dead letter topic): “not JSON”.");
    }
}
