package io.obstat.ledger.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import io.obstat.ledger.ActionHistory;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.CanonicalLeaf;
import io.obstat.ledger.Frontier;
import io.obstat.ledger.LastEntries;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.LedgerLeaf;
import io.obstat.ledger.LedgerLog;
import io.obstat.ledger.RecordIdentity;
import io.obstat.ledger.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes one record into the task's log: read, recognise a repeat, append, forward the entry and the action's view. Reads and writes only through
 * the task's stores and {@code forward}, so all of it commits or none does.
 */
final class Appender {
    private static final Logger LOG = Logger.getLogger(Appender.class);
    private static final Map<String, Topic> TOPICS =
            Topics.eventTopics().stream().collect(toUnmodifiableMap(Topic::name, identity()));
    private static final String FRONTIER = "frontier";

    private final ProcessorContext<Object, Object> context;
    private final KeyValueStore<String, byte[]> frontiers;
    private final KeyValueStore<String, byte[]> seen;
    private final KeyValueStore<String, byte[]> views;
    private final Sensor duplicates;
    private final Sensor conflicts;
    private final Sensor unreadable;
    private final @Nullable RuntimeException refusal;

    Appender(ProcessorContext<Object, Object> context, LastEntries lastEntries) {
        this.context = context;
        this.frontiers = context.getStateStore(LedgerTopology.FRONTIER_STORE);
        this.seen = context.getStateStore(LedgerTopology.SEEN_STORE);
        this.views = context.getStateStore(LedgerTopology.VIEW_STORE);
        this.duplicates = counter(context, "duplicates");
        this.conflicts = counter(context, "conflicts");
        this.unreadable = counter(context, "unreadable");
        this.refusal = refusal(context.taskId().partition(), lastEntries);
        if (refusal != null) {
            // Thrown as soon as the task runs, and not from here: Kafka Streams forgets a task whose start fails, and
            // leaves its stores open and
            // locked until the process ends, so that it could not be tried again.
            context.schedule(Duration.ofMillis(1), PunctuationType.WALL_CLOCK_TIME, now -> refuse());
        }
    }

    /** Why nothing may be appended; null when the task's state, which is whole by now, is that of its log. */
    private @Nullable RuntimeException refusal(int log, LastEntries lastEntries) {
        try {
            LedgerLog.continuing(log, frontier(), lastEntries.of(log).orElse(null));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void refuse() {
        if (refusal != null) {
            throw refusal;
        }
    }

    /** The sensor behind {@code stream-<scope>-metrics}, {@code <name>-total}: what an alert looks at. */
    private static Sensor counter(ProcessorContext<Object, Object> context, String name) {
        return context.metrics()
                .addRateTotalSensor("ledger", context.taskId().toString(), name, Sensor.RecordingLevel.INFO);
    }

    /** @throws io.obstat.ledger.BrokenLogException when the state of this task is not that of its log */
    void take(Record<byte[], byte[]> record) {
        // INVARIANT: NoFork. Were the state lost, the log would begin again at 0 beside what it holds.
        refuse();
        RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record of a source topic has a place"));
        Topic topic = TOPICS.get(metadata.topic());
        if (topic == null) {
            throw new IllegalStateException(metadata.topic() + " is no event topic");
        }
        var source = new SourceRecord(
                topic.name(), metadata.partition(), metadata.offset(), Instant.ofEpochMilli(record.timestamp()));
        CanonicalLeaf canonical = read(topic, source, record);
        LedgerLeaf leaf = canonical.leaf();
        byte[] value = record.value() == null ? new byte[0] : record.value();
        RecordIdentity identity = RecordIdentity.of(topic, leaf, value);
        byte[] known = seen.get(identity.value());
        if (known != null) {
            passOver(source, identity, new String(known, UTF_8));
            return;
        }
        LedgerEntry entry = append(canonical, metadata.partition());
        seen.put(identity.value(), (entry.sequence() + " " + identity.content().base64()).getBytes(UTF_8));
        switch (leaf) {
            case LedgerLeaf.OfEvent event -> updateView(event, entry);
            case LedgerLeaf.OfUnreadable unreadable -> {
                this.unreadable.record();
                LOG.warnf(
                        "Record %s/%d/%d cannot be read; entered as %s and sent to the dead letter topic: %s",
                        source.topic(), source.partition(), source.offset(), entry.key(), unreadable.reason());
                context.forward(DeadLetters.of(record, unreadable), LedgerTopology.DEAD_LETTERS);
            }
        }
    }

    /** A repeat. When it is none in truth, because it says something else under a known id, somebody has to hear of it. */
    private void passOver(SourceRecord source, RecordIdentity identity, String known) {
        duplicates.record();
        String here = identity.content().base64();
        // Sequence and content; what was noted by an earlier version has no content to compare with.
        String[] noted = known.split(" ", 2);
        if (noted.length == 1 || noted[1].equals(here)) {
            LOG.debugf("%s is in the ledger already; not entered again", source);
            return;
        }
        conflicts.record();
        LOG.warnf(
                "Record %s/%d/%d is not entered: “%s” is entry %d/%s already and says something else there (digest of type and data %s, here %s)."
                        + " The record stays in its topic; ask its writer why one id has two contents",
                source.topic(),
                source.partition(),
                source.offset(),
                identity.value(),
                source.partition(),
                noted[0],
                noted[1],
                here);
    }

    private static CanonicalLeaf read(Topic topic, SourceRecord source, Record<byte[], byte[]> record) {
        byte[] value = record.value();
        try {
            String key = record.key() == null ? null : new String(record.key(), UTF_8);
            Envelope<?> envelope = EventCodec.decode(topic, key, record.headers(), value);
            return CanonicalLeaf.of(source, envelope, value);
        } catch (MalformedEventException e) {
            return CanonicalLeaf.of(LedgerLeaf.OfUnreadable.of(source, value, e.getMessage()));
        } catch (RuntimeException e) {
            // A record that makes a reader fail would stop the log for ever if the failure went up: it is poison too.
            LOG.errorf(e, "Reading %s failed in an unexpected way", source);
            return CanonicalLeaf.of(LedgerLeaf.OfUnreadable.of(source, value, "Reading it failed: " + e));
        }
    }

    private LedgerEntry append(CanonicalLeaf leaf, int log) {
        LedgerLog.Appended appended =
                new LedgerLog(log, frontier()).append(leaf, Instant.ofEpochMilli(context.currentSystemTimeMs()));
        frontiers.put(FRONTIER, appended.log().frontier().toBytes());
        forward(appended.entry().key(), appended.entry(), LedgerTopology.ENTRIES);
        return appended.entry();
    }

    private Frontier frontier() {
        byte[] kept = frontiers.get(FRONTIER);
        return kept == null ? Frontier.EMPTY : Frontier.ofBytes(kept);
    }

    private void updateView(LedgerLeaf.OfEvent event, LedgerEntry entry) {
        if (event.actionId() == null) {
            return;
        }
        String key = event.actionId().value();
        byte @Nullable [] stored = views.get(key);
        ActionView before = stored == null ? null : Json.readEvent(stored, ActionView.class);
        ActionView after = ActionHistory.after(before, event.actionId(), event, entry.position());
        views.put(key, Json.write(after));
        forward(key, after, LedgerTopology.ACTIONS);
    }

    private void forward(String key, Object value, String sink) {
        // The ledger's own time and no headers of the source: its records are no CloudEvents, and a source's clock is
        // not ours.
        context.forward(
                new Record<Object, Object>(key, value, context.currentSystemTimeMs(), new RecordHeaders()), sink);
    }
}
