package io.obstat.ledger.kafka;

import static io.obstat.ledger.ViewsUnderTest.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Topics;
import io.obstat.contracts.json.Json;
import io.obstat.ledger.CommittedEntry;
import io.obstat.ledger.LedgerEnvironment;
import io.obstat.ledger.Samples;
import io.obstat.ledger.Timeline;
import io.obstat.ledger.ViewsUnderTest;
import io.obstat.ledger.postgres.PostgresLedger;
import io.obstat.ledger.postgres.PostgresViews;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(LedgerEnvironment.class)
class EntriesReaderTest {
    private static final TopicPartition LOG = new TopicPartition(Topics.LEDGER_ENTRIES.name(), 0);
    private static final TopicPartition OTHER = new TopicPartition(Topics.LEDGER_ENTRIES.name(), 1);

    @Inject
    PostgresViews views;

    @Inject
    PostgresLedger ledger;

    @Inject
    Mutiny.SessionFactory sessions;

    private final Map<Integer, String> broken = new HashMap<>();
    private final List<CommittedEntry> entries = ViewsUnderTest.entries(0, ViewsUnderTest.story(1));

    @BeforeEach
    void empty() {
        ViewsUnderTest.empty(sessions);
    }

    @Test
    void shouldGoOnWhereTheViewsAreAfterARestart() {
        // Given
        MockConsumer<String, byte[]> before = consumer();
        try (var reader = new EntriesReader(before, views, broken)) {
            assign(before);
            entries.subList(0, 4).forEach(entry -> before.addRecord(record(entry)));
            reader.readSome();
            reader.readSome();
        }

        // When
        MockConsumer<String, byte[]> after = consumer();
        try (var reader = new EntriesReader(after, views, broken)) {
            assign(after);
            entries.forEach(entry -> after.addRecord(record(entry)));
            reader.readSome();
            reader.readSome();
        }

        // Then
        assertThat(shown()).isEqualTo(entries.size());
        assertThat(broken).isEmpty();
    }

    @Test
    void shouldFillAgainWhenSomeoneEmptiesTheTables() {
        // Given
        MockConsumer<String, byte[]> consumer = consumer();
        try (var reader = new EntriesReader(consumer, views, broken)) {
            assign(consumer);
            entries.subList(0, 5).forEach(entry -> consumer.addRecord(record(entry)));
            reader.readSome();
            reader.readSome();

            // When
            ViewsUnderTest.empty(sessions);
            consumer.addRecord(record(entries.get(5)));
            reader.readSome();

            // Then
            assertThat(consumer.position(LOG)).isZero();
            entries.forEach(entry -> consumer.addRecord(record(entry)));
            reader.readSome();
        }
        assertThat(shown()).isEqualTo(entries.size());
    }

    @Test
    void shouldStopAtAnAlteredEntryAndGoOnWithTheOtherLogs() {
        // Given
        MockConsumer<String, byte[]> consumer = consumer();
        List<CommittedEntry> others = ViewsUnderTest.entries(1, ViewsUnderTest.story(2));
        try (var reader = new EntriesReader(consumer, views, broken)) {
            assign(consumer);
            byte[] altered = new String(Json.write(entries.getFirst().entry()), UTF_8)
                    .replace("etl-agent", "elt-agent")
                    .getBytes(UTF_8);

            // When
            consumer.addRecord(new ConsumerRecord<>(LOG.topic(), 0, 0, "0/0", altered));
            others.forEach(entry -> consumer.addRecord(record(entry)));
            reader.readSome();
            reader.readSome();

            // Then
            assertThat(consumer.paused()).containsExactly(LOG);
        }
        assertThat(broken).containsOnlyKeys(0);
        assertThat(broken.get(0)).contains("the entry was altered");
        assertThat(await(() -> ledger.timeline(Samples.action(1)))).isEmpty();
        assertThat(await(() -> ledger.timeline(Samples.action(2)))).isPresent();
    }

    @Test
    void shouldSayThatEntriesWereRemoved() {
        // Given: the views were at the end, and the log begins later now
        await(() -> views.take(0, 0, entries, 17));
        MockConsumer<String, byte[]> consumer = consumer();
        try (var reader = new EntriesReader(consumer, views, broken)) {
            consumer.updateBeginningOffsets(Map.of(LOG, 100L, OTHER, 0L));
            consumer.rebalance(List.of(LOG, OTHER));
            consumer.addRecord(new ConsumerRecord<>(LOG.topic(), 0, 100, "0/50", new byte[0]));

            // When
            reader.readSome();
            reader.readSome();
        }

        // Then
        assertThat(broken.get(0)).contains("The views are at offset 17, which the topic does not have");
    }

    private int shown() {
        return await(() -> ledger.timeline(Samples.action(1)))
                .map(Timeline::lines)
                .map(List::size)
                .orElse(0);
    }

    private static MockConsumer<String, byte[]> consumer() {
        return new MockConsumer<>("none");
    }

    private static void assign(MockConsumer<String, byte[]> consumer) {
        consumer.updateBeginningOffsets(Map.of(LOG, 0L, OTHER, 0L));
        consumer.rebalance(List.of(LOG, OTHER));
    }

    private static ConsumerRecord<String, byte[]> record(CommittedEntry committed) {
        return new ConsumerRecord<>(
                LOG.topic(),
                committed.entry().log(),
                committed.offset(),
                committed.entry().key(),
                Json.write(committed.entry()));
    }
}
