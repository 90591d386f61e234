package io.obstat.ledger.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
    /** A producer chooses the compression; a codec that is missing here would stop the ledger before the first such record. */
    @ParameterizedTest
    @EnumSource
    void shouldReadAndWriteEveryCompressionThatAProducerCanChoose(CompressionType type) {
        // Given
        byte[] value = "an event ".repeat(50).getBytes(java.nio.charset.StandardCharsets.UTF_8);

        // When
        MemoryRecords records = MemoryRecords.withRecords(Compression.of(type).build(), new SimpleRecord(value));

        // Then
        for (Record record : records.records()) {
            assertThat(Utils.toArray(record.value())).isEqualTo(value);
        }
    }
}
