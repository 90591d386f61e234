package io.obstat.notifier;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Who was sent which digest, and whose turn it is to send the next one. */
public interface Digests {

    /** Whether a delivery may send its recipient a digest now. */
    sealed interface Turn {

        /**
         * It may, and until the lease is over no other may.
         *
         * @param since when the turn began; tells this turn from every other of the recipient
         */
        record Ours(Recipient recipient, Instant since) implements Turn {}

        /** It need not: a digest that was sent has told it. */
        record Told() implements Turn {}

        /**
         * Not yet.
         *
         * @param why in a sentence
         * @param pause for how long; positive
         */
        record Later(String why, Duration pause) implements Turn {}
    }

    /**
     * What a digest tells.
     *
     * @param waiting all that the recipient was told of and that still waits, the next to expire first
     * @param covers the deliveries to this recipient that have not ended and are told by it: about those of {@code waiting} that it names
     */
    record Content(List<Waiting> waiting, Set<DeliveryId> covers) {

        public Content {
            waiting = waiting.stream().sorted(Waiting.NEXT_FIRST).toList();
            covers = Set.copyOf(covers);
        }
    }

    /** How many requests a digest names; the rest is counted. */
    int MOST_NAMED = 50;

    /**
     * Where a recipient stands when a delivery wants its turn.
     *
     * @param begunAt since when somebody has been at it; absent while nobody is
     * @param sentAt when the last one was sent; absent while there was none
     * @param told whether a digest that was sent has told this delivery
     * @param decideBy until when people can decide what the delivery is about; absent when that is not known
     */
    record Place(
            @Nullable Instant begunAt,
            @Nullable Instant sentAt,
            boolean told,
            @Nullable Instant decideBy) {}

    /**
     * How often a recipient gets a digest.
     *
     * @param every no two come closer after each other, but for what cannot wait
     * @param lease how long one who has begun may take; after that they are taken for dead
     */
    record Pace(Duration every, Duration lease) {

        /** What would have less time left at the next digest than lies between two of them goes this long after the last one. */
        private static final Duration URGENT = Duration.ofMinutes(1);

        /** How soon to look whether somebody else's digest has told it as well. */
        private static final Duration SOON = Duration.ofSeconds(2);

        /** Whose turn it is. */
        public Turn turn(Recipient recipient, Place place, Instant now) {
            if (place.told()) {
                return new Turn.Told();
            }
            Instant begunAt = place.begunAt();
            Instant sentAt = place.sentAt();
            if (begunAt != null && begunAt.plus(lease).isAfter(now)) {
                return new Turn.Later("A digest is being sent to them right now", SOON);
            }
            Instant next = sentAt == null ? now : next(sentAt, place.decideBy());
            return next.isAfter(now)
                    ? new Turn.Later(
                            "They had a digest at %s; the next one comes at %s".formatted(sentAt, next),
                            Duration.between(now, next))
                    : new Turn.Ours(recipient, now);
        }

        private Instant next(Instant sentAt, @Nullable Instant decideBy) {
            Instant next = sentAt.plus(every);
            return decideBy != null && decideBy.isBefore(next.plus(every)) ? sentAt.plus(URGENT) : next;
        }
    }

    /** Whether this errand may send its recipient a digest now. When it may, the turn is taken. */
    CompletionStage<Turn> begin(Errand errand, Pace pace, Instant now);

    /** What there is to tell now. */
    CompletionStage<Content> content(Turn.Ours turn, Instant now);

    /** The mail server has it: that ends the turn, and these deliveries are told. */
    CompletionStage<Void> sent(Turn.Ours turn, Set<DeliveryId> covered, Instant now);

    /** It was not sent. That ends the turn. */
    CompletionStage<Void> notSent(Turn.Ours turn);
}
