package io.obstat.policy.streams;

import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.contracts.kafka.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What policy has to speak about.
 *
 * @param cause the event that asks
 * @param request to be judged, as it is now
 * @param memory the key in the store: a case that comes again has the same, and no other case has it
 */
record Case(Envelope<?> cause, ActionRequested request, String memory) {

    /** SPEC: CloudEvents Kafka binding §3.2, the event type in binary mode. */
    private static final String TYPE = "ce_type";

    /** How the cases of one topic are found. */
    @FunctionalInterface
    interface Finder {

        /**
         * The case in a record; empty when policy has nothing to say about it.
         *
         * @throws MalformedEventException when the record is no event of the topic
         */
        Optional<Case> find(Record<byte[], byte[]> record) throws MalformedEventException;
    }

    /** In {@code obstat.actions} every request is a case, the same one however often it is made. */
    static Optional<Case> ofActions(Record<byte[], byte[]> record) throws MalformedEventException {
        Envelope<?> event = decode(Topics.ACTIONS, record);
        return event.data() instanceof ActionRequested request
                ? Optional.of(new Case(event, request, request.key()))
                : Optional.empty();
    }

    /** In {@code obstat.approvals} every {@link ReassessmentRequested} is a case of its own. The many others are not even decoded. */
    static Optional<Case> ofApprovals(Record<byte[], byte[]> record) throws MalformedEventException {
        if (isOfAnotherType(record.headers())) {
            return Optional.empty();
        }
        Envelope<?> event = decode(Topics.APPROVALS, record);
        if (!(event.data() instanceof ReassessmentRequested reassessment)) {
            return Optional.empty();
        }
        ActionRequested request = reassessment.request();
        // INVARIANT: a verdict is about the action whose approval asked for it.
        if (!request.actionId().equals(reassessment.actionId())) {
            throw new MalformedEventException("The request is of the action %s, but the event is about %s"
                    .formatted(request.actionId(), reassessment.actionId()));
        }
        return Optional.of(new Case(event, request, "%s/%s".formatted(request.key(), event.id())));
    }

    private static boolean isOfAnotherType(Headers headers) {
        Header type = headers.lastHeader(TYPE);
        return type != null
                && type.value() != null
                && EventType.named(new String(type.value(), StandardCharsets.UTF_8))
                        .filter(named -> named != EventType.REASSESSMENT_REQUESTED)
                        .filter(Topics.APPROVALS.events()::contains)
                        .isPresent();
    }

    private static Envelope<?> decode(Topic topic, Record<byte[], byte[]> record) throws MalformedEventException {
        return EventCodec.decode(topic, text(record.key()), record.headers(), record.value());
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
