package io.obstat.ledger;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one ledger entry says. Its RFC 8785 form ({@link LeafJson#canonical}) is what is hashed, at most {@link #MOST_BYTES} bytes of UTF-8.
 */
public sealed interface LedgerLeaf {
    /** SPEC: C2SP tlog-tiles, an entry bundle prefixes each entry with its length in 16 bits. */
    int MOST_BYTES = 65_535;

    SourceRecord source();

    /** The action that it is about, if it is known to be about one. */
    Optional<ActionId> about();

    /**
     * An event.
     *
     * @param eventType the CloudEvents {@code type}
     * @param eventTime when it happened, by its writer's clock
     * @param actionId absent for events that are about no action
     */
    record OfEvent(
            SourceRecord source,
            EventId eventId,
            String eventType,
            Instant eventTime,
            @Nullable ActionId actionId,
            Content content)
            implements LedgerLeaf {
        @Override
        public Optional<ActionId> about() {
            return Optional.ofNullable(actionId);
        }

        /** The event; empty when its data entered by digest or is of a type that this version does not know. */
        public Optional<Event> event() {
            if (!(content instanceof Content.Whole whole)) {
                return Optional.empty();
            }
            try {
                return EventType.named(eventType).map(type -> Json.readEvent(whole.data(), type.record()));
            } catch (MalformedJsonException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * A record that is no event of ours: never skipped silently.
     *
     * @param valueDigest {@code sha256:…} over the record's value; over nothing when it has none
     * @param valueBytes length of the value
     * @param reason what is wrong with it; at most 1,000 characters, hidden characters spelled out
     */
    record OfUnreadable(SourceRecord source, String valueDigest, long valueBytes, String reason) implements LedgerLeaf {
        private static final int LONGEST_REASON = 1_000;

        public OfUnreadable {
            String visible = VisibleText.of(reason).plain();
            int end = visible.offsetByCodePoints(
                    0, Math.min(visible.codePointCount(0, visible.length()), LONGEST_REASON));
            reason = visible.substring(0, end);
        }

        /** The leaf of a record that cannot be read, for this reason. */
        public static OfUnreadable of(SourceRecord source, byte @Nullable [] value, @Nullable String reason) {
            byte[] bytes = value == null ? new byte[0] : value;
            return new OfUnreadable(
                    source, Hash.sha256(bytes).digest(), bytes.length, reason == null ? "no reason given" : reason);
        }

        @Override
        public Optional<ActionId> about() {
            return Optional.empty();
        }
    }
}
