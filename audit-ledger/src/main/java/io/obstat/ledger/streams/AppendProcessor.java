package io.obstat.ledger.streams;

import io.obstat.ledger.LastEntries;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Gives each task its {@link Appender}. */
final class AppendProcessor implements Processor<byte[], byte[], Object, Object> {
    private final LastEntries lastEntries;
    private @Nullable Appender appender;

    AppendProcessor(LastEntries lastEntries) {
        this.lastEntries = lastEntries;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        appender = new Appender(context, lastEntries);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Objects.requireNonNull(appender, "Kafka Streams calls init first").take(record);
    }
}
