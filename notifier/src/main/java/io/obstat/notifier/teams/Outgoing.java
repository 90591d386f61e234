package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * Makes activities fit for the SDK's client. Its validator looks into the private fields of whatever it finds, which the JDK allows no more
 * (since 17) for its own classes: a list inside a map is enough to fail. In a Jackson tree it finds nothing to look into.
 */
final class Outgoing {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Outgoing() {}

    /** A copy with every free-form part as a Jackson tree. */
    static Activity of(Activity activity) {
        Activity copy = Activity.clone(activity);
        copy.setChannelData(tree(activity.getChannelData()));
        copy.setValue(tree(activity.getValue()));
        if (activity.getAttachments() != null) {
            copy.setAttachments(
                    activity.getAttachments().stream().map(Outgoing::of).toList());
        }
        return copy;
    }

    private static Attachment of(Attachment attachment) {
        Attachment copy = Attachment.clone(attachment);
        copy.setContent(tree(attachment.getContent()));
        return copy;
    }

    static @Nullable JsonNode tree(@Nullable Object value) {
        return value == null ? null : JSON.valueToTree(value);
    }
}
