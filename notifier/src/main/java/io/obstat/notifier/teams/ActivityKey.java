package io.obstat.notifier.teams;

import com.microsoft.bot.schema.Activity;
import io.obstat.contracts.Required;
import java.util.Optional;

/**
 * What makes an activity the same one when it comes again. The id alone would not: Teams numbers the messages of each conversation anew, and
 * an edit of a message bears the id of the message.
 *
 * @param conversationId 1 to 500 characters
 * @param type such as {@code invoke}; 1 to 100 characters
 * @param activityId 1 to 500 characters
 */
public record ActivityKey(String conversationId, String type, String activityId) {

    private static final int LONGEST = 500;
    private static final int LONGEST_TYPE = 100;

    public ActivityKey {
        Required.text("conversation.id", conversationId, LONGEST);
        Required.text("type", type, LONGEST_TYPE);
        Required.text("id", activityId, LONGEST);
    }

    /** Empty when the activity lacks one of the three, or has one that is too long. */
    static Optional<ActivityKey> of(Activity activity) {
        if (activity.getConversation() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ActivityKey(activity.getConversation().getId(), activity.getType(), activity.getId()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
