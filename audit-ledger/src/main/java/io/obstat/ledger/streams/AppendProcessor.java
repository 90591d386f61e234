package io.obstat.ledger.streams;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Gives each task its {@link Appender}. */
final class AppendProcessor implements Processor<byte[], byte[], Object, Object> {
    private @Nullable Appender appender;

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        appender = new Appender(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Objects.requireNonNull(appender, "Kafka Streams calls init first").take(record);
    }
}
