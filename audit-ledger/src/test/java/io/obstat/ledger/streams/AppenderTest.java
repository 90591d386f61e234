package io.obstat.ledger.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.BrokenLogException;
import io.obstat.ledger.Frontier;
import io.obstat.ledger.Hash;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.LedgerLeaf;
import io.obstat.ledger.LedgerLog;
import io.obstat.ledger.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

class AppenderTest extends WithDriver {

    @Test
    void shouldTakeInEveryTypeOfEventOfEveryTopic() {
        // Given
        for (EventType type : EventType.values()) {
            // When
            driver.pipe(Samples.envelope(Samples.of(type, ID), "1"));
        }

        // Then
        List<LedgerEntry> entries = driver.entries();
        assertThat(entries)
                .extracting(entry -> ((LedgerLeaf.OfEvent) entry.parsedLeaf()).eventType())
                .containsExactly(java.util.Arrays.stream(EventType.values())
                        .map(EventType::wireName)
                        .toArray(String[]::new));
        assertIsALog(entries);
    }

    @Test
    void shouldKeepTheViewOfAnActionWithTheEntryItRestsOn() {
        // Given
        driver.pipe(Samples.envelope(Samples.requested(ID), "1"));
        driver.pipe(Samples.envelope(Samples.approvalRequired(ID), "1"));

        // When
        driver.pipe(Samples.envelope(Samples.allowed(ID), "1"));

        // Then
        LedgerEntry last = driver.entries().getLast();
        ActionView view = driver.view(ID);
        assertThat(view.status()).isEqualTo(ActionView.Status.ALLOWED);
        assertThat(view.restsOn()).isEqualTo(last.position());
        assertThat(last.appendedAt()).isEqualTo(Samples.at(100));
    }

    @Test
    void shouldEnterPoisonOnEveryTopicAndGoOn() {
        for (Topic topic : Topics.eventTopics()) {
            // Given
            byte[] key = "key".getBytes(UTF_8);
            byte[] value = "{\"not\":\"an event\"}".getBytes(UTF_8);
            var headers = new RecordHeaders().add("ce_id", "x".getBytes(UTF_8));

            // When
            driver.pipe(topic.name(), key, value, headers);
            driver.pipe(topic.name(), null, null, new RecordHeaders());

            // Then
            assertThat(driver.entries())
                    .satisfiesExactly(
                            entry -> assertThat(entry.parsedLeaf())
                                    .isInstanceOfSatisfying(LedgerLeaf.OfUnreadable.class, leaf -> {
                                        assertThat(leaf.source().topic()).isEqualTo(topic.name());
                                        assertThat(leaf.valueDigest())
                                                .isEqualTo(Hash.sha256(value).digest());
                                        assertThat(leaf.valueBytes()).isEqualTo(value.length);
                                        assertThat(leaf.reason()).contains("no CloudEvent");
                                    }),
                            entry -> assertThat(entry.leaf()).contains("The record has no value"));
            List<TestRecord<byte[], byte[]>> letters = driver.deadLetters(topic);
            assertThat(letters).hasSize(2);
            assertThat(letters.getFirst().key()).isEqualTo(key);
            assertThat(letters.getFirst().value()).isEqualTo(value);
            assertThat(header(letters.getFirst(), "ce_id")).isEqualTo("x");
            assertThat(header(letters.getFirst(), "dead-letter-reason")).contains("no CloudEvent");
            assertThat(header(letters.getFirst(), "dead-letter-topic")).isEqualTo(topic.name());
            assertThat(header(letters.getFirst(), "dead-letter-offset")).isEqualTo("0");
            assertThat(header(letters.getFirst(), "dead-letter-reader")).isEqualTo("audit-ledger");
        }
        assertThat(driver.counted("unreadable"))
                .isEqualTo(2.0 * Topics.eventTopics().size());
    }

    @Test
    void shouldCutADeadLetterThatNoProducerCouldSend() {
        // Given
        byte[] value = new byte[DeadLetters.MOST_BYTES + 1];
        var headers = new RecordHeaders().add("big", new byte[1_000]);

        // When
        driver.pipe(Topics.INTENTS.name(), new byte[] {1}, value, headers);

        // Then
        TestRecord<byte[], byte[]> letter = driver.deadLetters(Topics.INTENTS).getFirst();
        assertThat(letter.value()).hasSize(DeadLetters.CUT_TO);
        assertThat(letter.headers().lastHeader("big")).isNull();
        assertThat(header(letter, "dead-letter-cut-from-bytes")).isEqualTo(String.valueOf(value.length));
        assertThat(header(letter, "dead-letter-value-digest"))
                .isEqualTo(Hash.sha256(value).digest());
        assertThat(driver.entries()).hasSize(1);
    }

    @Test
    void shouldTakeGarbageOnAnyTopicWithoutStanding() {
        // Given
        var random = new Random(7);
        int sent = 0;
        for (Topic topic : Topics.eventTopics()) {
            for (int i = 0; i < 100; i++) {
                ProducerRecord<String, byte[]> good = EventCodec.encode(
                        Samples.envelope(Samples.of(topic.events().getFirst(), ID), topic + "-" + i));
                byte[] value = good.value();
                // When: a byte of a good record is changed, a header lost, or all of it is noise
                switch (random.nextInt(3)) {
                    case 0 -> value[random.nextInt(value.length)] = (byte) random.nextInt();
                    case 1 -> {
                        Header[] headers = good.headers().toArray();
                        good.headers().remove(headers[random.nextInt(headers.length)].key());
                    }
                    default -> {
                        value = new byte[random.nextInt(200)];
                        random.nextBytes(value);
                    }
                }
                driver.pipe(topic.name(), good.key().getBytes(UTF_8), value, good.headers());
                sent++;
            }
        }

        // Then
        List<LedgerEntry> entries = driver.entries();
        assertThat(entries.size() + driver.counted("duplicates")).isEqualTo(sent);
        assertIsALog(entries);
    }

    @Test
    void shouldGiveDenseSequencesAndTheRightRootForAnyInterleaving() {
        for (int seed = 0; seed < 10; seed++) {
            try (var fresh = new Driver(stateDir.resolve("seed-" + seed))) {
                // Given
                var random = new Random(seed);
                var records = new ArrayList<Envelope<?>>();
                for (int action = 0; action < 3; action++) {
                    for (EventType type : EventType.values()) {
                        records.add(Samples.envelope(Samples.of(type, Samples.action(action)), "1"));
                    }
                }
                int distinct = (int) records.stream()
                        .map(envelope -> envelope.type() + " " + envelope.id())
                        .distinct()
                        .count();
                records.addAll(List.copyOf(records));
                Collections.shuffle(records, random);

                // When
                records.forEach(fresh::pipe);

                // Then
                List<LedgerEntry> entries = fresh.entries();
                assertThat(entries).as("seed %d", seed).hasSize(distinct);
                assertIsALog(entries);
                assertThat(Frontier.ofBytes(fresh.store(LedgerTopology.FRONTIER_STORE, "frontier"))
                                .root())
                        .isEqualTo(entries.getLast().rootHash());
                assertThat(fresh.views().values())
                        .hasSize(3)
                        .allSatisfy(view -> assertThat(view.status()).isEqualTo(ActionView.Status.RAN));
            }
        }
    }

    @Test
    void shouldGoOnWhereItWasWithNothingButWhatKafkaHolds() {
        // Given
        driver.pipe(Samples.envelope(Samples.requested(ID), "1"));
        driver.pipe(Samples.envelope(Samples.approvalRequired(ID), "1"));
        var entries = new ArrayList<>(driver.entries());

        try (var restarted = new Driver(stateDir.resolve("elsewhere"))) {
            // When
            restarted.restoreFrom(driver);
            restarted.pipe(Samples.envelope(Samples.approvalRequired(ID), "1"));
            restarted.pipe(Samples.envelope(Samples.allowed(ID), "1"));

            // Then
            entries.addAll(restarted.entries());
            assertThat(entries).hasSize(3);
            assertIsALog(entries);
            ActionView view = restarted.view(ID);
            assertThat(view.tally().entries()).isEqualTo(3);
            assertThat(view.status()).isEqualTo(ActionView.Status.ALLOWED);
        }
    }

    @Test
    void shouldRefuseToAppendRatherThanForkALogWhoseStateIsLost() {
        // Given
        driver.pipe(Samples.envelope(Samples.requested(ID), "1"));
        LedgerEntry last = driver.entries().getLast();

        // When: nothing is left of the state, but the log has an entry
        try (var forgetful = new Driver(stateDir.resolve("elsewhere"), log -> Optional.of(last))) {
            // Then: at once, and whenever a record comes
            assertRefuses(() -> forgetful.passes(Duration.ofMillis(1)));
            assertRefuses(() -> forgetful.pipe(Samples.envelope(Samples.allowed(ID), "1")));
            assertThat(forgetful.entries()).isEmpty();
        }
    }

    private static void assertRefuses(ThrowableAssert.ThrowingCallable appending) {
        assertThatThrownBy(appending)
                .rootCause()
                .isInstanceOf(BrokenLogException.class)
                .hasMessageContaining("Log 0 has 1 committed entries, but the ledger's state knows of 0");
    }

    /** Follows the entries from an empty log: dense sequences, right hashes, right roots. */
    private static void assertIsALog(List<LedgerEntry> entries) {
        var log = new LedgerLog(0, Frontier.EMPTY);
        for (LedgerEntry entry : entries) {
            log = log.follow(entry);
        }
        assertThat(log.frontier().size()).isEqualTo(entries.size());
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header).as(name).isNotNull();
        return new String(header.value(), UTF_8);
    }
}
