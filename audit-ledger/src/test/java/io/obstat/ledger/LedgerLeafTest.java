package io.obstat.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerLeafTest {
    private static final SourceRecord SOURCE = new SourceRecord("obstat.decisions", 2, 41, Samples.at(12));

    @ParameterizedTest
    @EnumSource
    void shouldGiveEveryEventBackFromItsText(EventType type) {
        // Given
        Event event = Samples.of(type, Samples.action(1));
        Envelope<Event> envelope = Samples.envelope(event, "1");

        // When
        CanonicalLeaf made = CanonicalLeaf.of(SOURCE, envelope, Json.write(event));
        var leaf = (LedgerLeaf.OfEvent) made.leaf();
        String canonical = made.text();

        // Then
        assertThat(LeafJson.parse(canonical)).isEqualTo(leaf);
        assertThat(leaf.event()).isPresent();
        if (HashedFields.of(type).isEmpty()) {
            assertThat(leaf.event()).contains(event);
        }
    }

    @Test
    void shouldHoldWhatAnAuditorNeedsAndNothingThatCouldBeUsed() {
        // Given
        Decision decision = Samples.allowed(Samples.action(1));

        // When
        String canonical = leaf(decision, Json.write(decision));

        // Then
        assertThat(canonical)
                .startsWith("{\"actionId\":\"act_")
                .contains("\"topic\":\"obstat.decisions\"")
                .contains("\"partition\":2")
                .contains("\"offset\":41")
                .contains("\"timestamp\":\"2026-11-22T14:02:12Z\"")
                .contains("\"eventType\":\"io.obstat.decision.v1\"")
                .contains("\"eventTime\":\"2026-11-22T14:02:12Z\"")
                .contains("\"eventId\":\"evt_")
                .contains("\"statement\":\"eyJ.the-statement.sig\"")
                .contains("\"hashed\":[\"/grant/token\"]")
                .contains("\"token\":\""
                        + Hash.sha256(Samples.TOKEN.getBytes(UTF_8)).digest() + "\"")
                .doesNotContain(Samples.TOKEN);
    }

    @Test
    void shouldKeepFieldsThatThisVersionDoesNotKnow() throws MalformedEventException {
        // Given
        var event = Samples.executed(Samples.action(1));
        ProducerRecord<String, byte[]> record = EventCodec.encode(Samples.envelope(event, "1"));
        String newer = new String(record.value(), UTF_8).replaceFirst("\\{", "{\"costInEuro\":\"12.50\",");

        // When
        Envelope<?> envelope =
                EventCodec.decode(Topics.EXECUTIONS, record.key(), record.headers(), newer.getBytes(UTF_8));
        String canonical =
                CanonicalLeaf.of(SOURCE, envelope, newer.getBytes(UTF_8)).text();

        // Then
        assertThat(canonical).contains("\"costInEuro\":\"12.50\"");
    }

    @Test
    void shouldEnterWhatIsTooLargeByItsDigestAndSaySo() {
        // Given
        var event = Samples.executed(Samples.action(1));
        String fits = withPadding(event, 1);
        int overhead = leaf(event, fits.getBytes(UTF_8)).getBytes(UTF_8).length - 1;

        // When
        String largest =
                leaf(event, withPadding(event, LedgerLeaf.MOST_BYTES - overhead).getBytes(UTF_8));
        byte[] oneMore =
                withPadding(event, LedgerLeaf.MOST_BYTES - overhead + 1).getBytes(UTF_8);
        String tooLarge = leaf(event, oneMore);

        // Then
        assertThat(largest.getBytes(UTF_8)).hasSize(LedgerLeaf.MOST_BYTES);
        assertThat(largest).contains("\"data\":{");
        assertThat(tooLarge)
                .contains("\"dataOmitted\":{\"because\":\"too-large\",\"bytes\":%d,\"digest\":\"%s\"}"
                        .formatted(oneMore.length, Hash.sha256(oneMore).digest()))
                .contains("\"actionId\":\"" + event.actionId())
                .doesNotContain("\"data\":");
        assertThat(LeafJson.parse(tooLarge))
                .isInstanceOfSatisfying(
                        LedgerLeaf.OfEvent.class,
                        leaf -> assertThat(leaf.event()).isEmpty());
        assertThat(Narrator.tell(LeafJson.parse(tooLarge)).text())
                .isEqualTo(
                        "An event of type io.obstat.action.executed.v1 happened; its data is in the ledger by its digest only "
                                + "(%d bytes).".formatted(oneMore.length));
    }

    @Test
    void shouldEnterWhatCannotBeCanonicalByItsDigest() {
        // Given: a lone surrogate, which JSON can escape and UTF-8 cannot carry, and a number that no double can hold
        var event = Samples.executed(Samples.action(1));
        String surrogate = new String(Json.write(event), UTF_8).replaceFirst("\\{", "{\"x\":\"\\\\ud800\",");
        String number = new String(Json.write(event), UTF_8).replaceFirst("\\{", "{\"x\":9007199254740993,");

        // When, Then
        assertThat(leaf(event, surrogate.getBytes(UTF_8))).contains("\"because\":\"not-canonical\"");
        assertThat(leaf(event, number.getBytes(UTF_8))).contains("\"because\":\"not-canonical\"");
    }

    @Test
    void shouldMakeALeafOfAnyReason() {
        // Given
        String reason = "bad \ud800 text \u202e" + "x".repeat(2_000) + "\ud83c\udf89";

        // When
        var leaf = LedgerLeaf.OfUnreadable.of(SOURCE, null, reason);

        // Then
        assertThat(LeafJson.parse(LeafJson.canonical(leaf))).isEqualTo(leaf);
        assertThat(leaf.reason()).startsWith("bad ⟨U+D800⟩ text ⟨U+202E⟩xxx").hasSize(1_000);
        assertThat(leaf.valueDigest())
                .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void shouldNotBeAbleToHoldAnAlteredEntry() {
        // Given
        LedgerEntry entry = new LedgerLog(2, Frontier.EMPTY)
                .append(unreadable("empty"), Samples.at(20))
                .entry();
        String json = new String(Json.write(entry), UTF_8);

        // When
        LedgerEntry read = Json.readEvent(json.getBytes(UTF_8), LedgerEntry.class);
        String altered = json.replace("empty", "EMPTY");

        // Then
        assertThat(read).isEqualTo(entry);
        assertThat(entry.key()).isEqualTo("2/0");
        assertThatThrownBy(() -> Json.readEvent(altered.getBytes(UTF_8), LedgerEntry.class))
                .hasMessageContaining("the entry was altered");
    }

    @Test
    void shouldFollowALogOnlyEntryByEntry() {
        // Given
        var first = new LedgerLog(0, Frontier.EMPTY).append(unreadable("one"), Samples.at(1));
        var second = first.log().append(unreadable("two"), Samples.at(2));
        var other = new LedgerLog(0, Frontier.EMPTY)
                .append(unreadable("other"), Samples.at(1))
                .log()
                .append(unreadable("two"), Samples.at(2));
        var start = new LedgerLog(0, Frontier.EMPTY);

        // When, Then
        assertThat(start.follow(first.entry()).follow(second.entry())).isEqualTo(second.log());
        assertThatThrownBy(() -> start.follow(second.entry())).hasMessageContaining("Entry 0/1 came where 0/0 was due");
        assertThatThrownBy(() -> start.follow(first.entry()).follow(first.entry()))
                .isInstanceOf(BrokenLogException.class);
        assertThatThrownBy(() -> start.follow(first.entry()).follow(other.entry()))
                .hasMessageContaining("but the entries up to it give");
        assertThatThrownBy(() -> new LedgerLog(1, Frontier.EMPTY).follow(first.entry()))
                .isInstanceOf(BrokenLogException.class);
    }

    private static CanonicalLeaf unreadable(String reason) {
        return CanonicalLeaf.of(LedgerLeaf.OfUnreadable.of(SOURCE, null, reason));
    }

    private static String leaf(Event event, byte[] value) {
        return CanonicalLeaf.of(SOURCE, Samples.envelope(event, "1"), value).text();
    }

    private static String withPadding(Event event, int length) {
        return new String(Json.write(event), UTF_8).replaceFirst("\\{", "{\"padding\":\"" + "x".repeat(length) + "\",");
    }
}
