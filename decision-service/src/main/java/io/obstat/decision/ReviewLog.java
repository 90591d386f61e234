package io.obstat.decision;

import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.event.ReviewRefused;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every review of one action that was answered, so that a repeat gets the same answer and no second event.
 *
 * @param counted the reviews that count, oldest first
 * @param refused the latest {@value #REMEMBERED} that do not. One that was forgotten is judged again when it is repeated; its event has the
 *     same id as before, so that readers still recognise it.
 */
public record ReviewLog(List<Review> counted, List<Refusal> refused) {

    static final int REMEMBERED = 50;
    private static final ReviewLog EMPTY = new ReviewLog(List.of(), List.of());

    public ReviewLog {
        counted = List.copyOf(counted);
        refused = List.copyOf(refused);
    }

    /** What the sender of a review was told. */
    public record Refusal(ReviewId review, ReviewRefused.Cause cause, String explanation) {}

    static ReviewLog empty() {
        return EMPTY;
    }

    ReviewLog plusCounted(Review review) {
        return new ReviewLog(plus(counted, review), refused);
    }

    ReviewLog plusRefused(Refusal refusal) {
        List<Refusal> all = plus(refused, refusal);
        return new ReviewLog(counted, all.subList(Math.max(0, all.size() - REMEMBERED), all.size()));
    }

    /** Which of the counted reviews has this id: its position, from 0. */
    Optional<Integer> positionOf(ReviewId id) {
        for (int i = 0; i < counted.size(); i++) {
            if (counted.get(i).id().equals(id)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    Optional<ReviewAnswer> refusalOf(ReviewId id) {
        return refused.stream()
                .filter(refusal -> refusal.review().equals(id))
                .<ReviewAnswer>map(refusal -> new ReviewAnswer.Refused(refusal.cause(), refusal.explanation()))
                .findFirst();
    }

    static <T> List<T> plus(List<T> list, T element) {
        var longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
