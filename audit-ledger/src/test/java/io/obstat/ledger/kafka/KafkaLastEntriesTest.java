package io.obstat.ledger.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.Topics;
import io.obstat.contracts.json.Json;
import io.obstat.ledger.BrokenLogException;
import io.obstat.ledger.CommittedEntry;
import io.obstat.ledger.ConfigUnderTest;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.ViewsUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaLastEntriesTest {
    private static final TopicPartition LOG = new TopicPartition(Topics.LEDGER_ENTRIES.name(), 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    private final List<CommittedEntry> entries = ViewsUnderTest.entries(0, ViewsUnderTest.story(1));

    @Test
    void shouldFindTheLastEntryBeforeTheMarkersOfItsTransaction() {
        // Given: entries at offsets 0, 2, 4, … 16, markers between and behind them
        consumer.schedulePollTask(() -> entries.forEach(this::add));
        consumer.schedulePollTask(() -> consumer.seek(LOG, 18));

        // When
        LedgerEntry last = last(18);

        // Then
        assertThat(last).isEqualTo(entries.getLast().entry());
    }

    @Test
    void shouldLookFurtherBackWhenMuchWasAborted() {
        // Given: nothing in the last 64 offsets
        consumer.schedulePollTask(() -> consumer.seek(LOG, 500));
        consumer.schedulePollTask(() -> entries.forEach(this::add));
        consumer.schedulePollTask(() -> consumer.seek(LOG, 500));

        // When
        LedgerEntry last = last(500);

        // Then
        assertThat(last).isEqualTo(entries.getLast().entry());
    }

    @Test
    void shouldSayThatALogHasNoEntry() {
        // Given, When, Then: nothing was ever written
        assertThat(last(0)).isNull();
    }

    @Test
    void shouldNotTakeAnOpenTransactionForTheEnd() {
        // Given: records that are not committed, so that the consumer stays before them
        // When, Then
        assertThatThrownBy(() -> KafkaLastEntries.last(from(0), LOG, 3, Duration.ZERO))
                .hasMessageContaining("a transaction is open");
    }

    @Test
    void shouldRefuseARecordThatIsNoEntry() {
        // Given
        consumer.schedulePollTask(
                () -> consumer.addRecord(new ConsumerRecord<>(LOG.topic(), 0, 0, "0/0", new byte[0])));

        // When, Then
        assertThatThrownBy(() -> last(1)).isInstanceOf(BrokenLogException.class);
    }

    @Test
    void shouldReadCommittedEntriesAlone() {
        // Given
        var config = new ConfigUnderTest("localhost:1", Path.of("target/state"));

        // When, Then
        assertThat(KafkaLastEntries.settings(config))
                .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .doesNotContainKey(ConsumerConfig.GROUP_ID_CONFIG);
    }

    private @Nullable LedgerEntry last(long end) {
        return KafkaLastEntries.last(from(0), LOG, end, Duration.ofMinutes(1));
    }

    private MockConsumer<String, byte[]> from(long begin) {
        consumer.updateBeginningOffsets(Map.of(LOG, begin));
        return consumer;
    }

    private void add(CommittedEntry committed) {
        consumer.addRecord(new ConsumerRecord<>(
                LOG.topic(), 0, committed.offset(), committed.entry().key(), Json.write(committed.entry())));
    }
}
