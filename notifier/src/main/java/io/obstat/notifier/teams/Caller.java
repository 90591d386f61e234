package io.obstat.notifier.teams;

import com.microsoft.bot.schema.Activity;
import org.jspecify.annotations.Nullable;

/**
 * Who sent an activity, as far as the Bot Connector vouches for it.
 *
 * @param activity which activity it was
 * @param tenantId whose people they are; ours
 * @param userId what Teams calls the person towards this bot, such as {@code 29:1a…}; null when nobody in particular did it
 * @param aadObjectId the person's object id in Microsoft Entra; null for guests of a meeting and where there is no person
 * @param serviceUrl where answers go; on the allow-list
 */
public record Caller(
        ActivityKey activity,
        String tenantId,
        @Nullable String userId,
        @Nullable String aadObjectId,
        String serviceUrl) {

    static Caller of(Activity activity, ActivityKey key, String tenantId) {
        String serviceUrl = activity.getServiceUrl();
        if (activity.getFrom() == null) {
            return new Caller(key, tenantId, null, null, serviceUrl);
        }
        return new Caller(
                key, tenantId, activity.getFrom().getId(), activity.getFrom().getAadObjectId(), serviceUrl);
    }
}
