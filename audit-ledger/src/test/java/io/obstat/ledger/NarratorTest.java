package io.obstat.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.event.EventType;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
