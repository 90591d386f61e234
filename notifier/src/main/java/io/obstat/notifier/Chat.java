package io.obstat.notifier;

import io.obstat.contracts.ReviewId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A chat that can hold cards. No method blocks; a failed stage counts as {@link Attempt.Troubled}.
 */
public interface Chat {

    /** Such as {@code slack}; 1 to 50 characters. Stands in the delivery record, so it never changes. */
    String name();

    /** What became of a card that was to be posted. */
    sealed interface Posting {

        /** @param message where it stands, in the chat's own words; 1 to 1,000 characters */
        record Posted(String message) implements Posting {}

        /** @param attempt how it went instead; not {@link Attempt.Accepted} */
        record Failed(Attempt attempt) implements Posting {}
    }

    /**
     * Posts the card.
     *
     * @param place a channel or a person, as routes name them
     * @param again whether it may be there already; if the chat can be asked, it is, so that there is one card only
     */
    CompletionStage<Posting> post(CardId id, Card card, String place, boolean again);

    /** Makes the card say what it has to say now. */
    CompletionStage<Attempt> rewrite(CardId id, String message, Card card);

    /** Says something in the card's thread. */
    CompletionStage<Attempt> remark(String message, Remark remark, DeliveryId id, boolean again);

    /** What it calls somebody with these keys; empty when they are none of its workspace or tenant. */
    Optional<String> nameOf(Directory.Keys keys);

    /** Tells one person, by what the chat calls them. */
    CompletionStage<Attempt> tell(String name, Line line, DeliveryId id, boolean again);

    /** Answers whoever submitted this review, where they did and so that nobody else sees it. */
    CompletionStage<Attempt> answer(ReviewId review, String recipient, String words);
}
