package io.obstat.notifier;

import io.obstat.contracts.ActionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Which cards stand where, and what they have to show. */
public interface Cards {

    /**
     * A card and what is known of its approval.
     *
     * @param message where it stands, in the chat's own words; absent while it does not
     * @param tried whether it may have been posted all the same: somebody began to, and nobody knows how that ended
     * @param version of what is known; grows with each notice
     */
    record Standing(
            CardId id,
            Approval approval,
            long version,
            @Nullable String message,
            boolean tried) {}

    /** The card of this action there. From now on it is one that somebody has begun to post. */
    CompletionStage<Standing> begin(ActionId action, Recipient recipient);

    /** Where this card stands; empty while it does not. */
    CompletionStage<Optional<String>> message(CardId id);

    /** Where in this channel somebody has begun to post a card of this action. */
    CompletionStage<List<Recipient>> places(ActionId action, String channel);

    /** Whether a card stands there, of whatever action. */
    CompletionStage<Boolean> isCard(String message);

    /** It is certain that it was not posted. */
    CompletionStage<Void> notPosted(CardId id);

    /**
     * It stands there, and shows this version.
     *
     * @param face what it looks like, see {@link Card#face}
     */
    CompletionStage<Void> posted(CardId id, String message, long version, String face);

    /** All that is known of this approval. */
    CompletionStage<Approval> approval(ActionId action);
}
