package io.obstat.decision;

import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people said of one action: the votes on what it is now, and every answer that was given, so that a repeat gets the same answer and no
 * second event.
 *
 * @param votes on the action as it is now, oldest first
 * @param answered what was answered: to every vote, and to the latest {@value #REMEMBERED} reviews that are none. A review that was
 *     forgotten is judged again when it is repeated; its event has the same id as before, so that readers still recognise it.
 */
public record ReviewLog(List<Vote> votes, List<Answered> answered) {

    static final int REMEMBERED = 50;
    private static final ReviewLog EMPTY = new ReviewLog(List.of(), List.of());

    public ReviewLog {
        votes = List.copyOf(votes);
        answered = List.copyOf(answered);
    }

    /** What the sender of a review was told. */
    public record Answered(ReviewId review, ReviewAnswer answer) {

        boolean isVote() {
            return answer instanceof ReviewAnswer.Recorded;
        }
    }

    static ReviewLog empty() {
        return EMPTY;
    }

    ReviewLog plus(Vote vote) {
        return new ReviewLog(plus(votes, vote), answered);
    }

    /** With this answer on record. */
    ReviewLog plus(Review review, ReviewAnswer answer) {
        List<Answered> all = plus(answered, new Answered(review.id(), answer));
        long others = all.stream().filter(each -> !each.isVote()).count();
        if (others > REMEMBERED) {
            all.remove(all.stream().filter(each -> !each.isVote()).findFirst().orElseThrow());
        }
        return new ReviewLog(votes, all);
    }

    /** The action has become another one: nobody has voted on it. What was answered stays answered. */
    ReviewLog withoutVotes() {
        return new ReviewLog(List.of(), answered);
    }

    Optional<ReviewAnswer> answerTo(ReviewId id) {
        return answered.stream()
                .filter(each -> each.review().equals(id))
                .map(Answered::answer)
                .findFirst();
    }

    /** Whether anybody was heard, as against refused. */
    boolean attended() {
        return answered.stream().anyMatch(each -> !(each.answer() instanceof ReviewAnswer.Refused));
    }

    static <T> List<T> plus(List<T> list, T element) {
        var longer = new ArrayList<>(list);
        longer.add(element);
        return longer;
    }
}
