package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.bot.schema.Activity;
import io.obstat.notifier.teams.Admission.Refused;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules that are ours, about the activity alone: from Teams, from our tenant, to our bot, by a service that we know. */
final class ActivityRules {

    static final String CHANNEL = "msteams";

    private final BotIdentity bot;
    private final ServiceUrls serviceUrls;

    ActivityRules(BotIdentity bot, ServiceUrls serviceUrls) {
        this.bot = bot;
        this.serviceUrls = serviceUrls;
    }

    /** The first rule that it breaks, if any. */
    Optional<Refused> broken(Activity activity) {
        if (!CHANNEL.equals(activity.getChannelId())) {
            return broken(Rule.CHANNEL, "The channelId is %s, not %s", activity.getChannelId(), CHANNEL);
        }
        if (!serviceUrls.allows(activity.getServiceUrl())) {
            return broken(
                    Rule.SERVICE_URL_ALLOWED,
                    "The serviceUrl is %s; allowed are %s",
                    activity.getServiceUrl(),
                    serviceUrls);
        }
        String recipient =
                activity.getRecipient() == null ? null : activity.getRecipient().getId();
        if (!bot.account().equals(recipient)) {
            return broken(Rule.RECIPIENT, "The recipient is %s, not %s", recipient, bot.account());
        }
        return tenant(activity);
    }

    /** SPEC: Teams names the tenant in {@code channelData.tenant.id} in all contexts, and in {@code conversation.tenantId} in most. */
    private Optional<Refused> tenant(Activity activity) {
        String ofConversation = activity.getConversation() == null
                ? null
                : activity.getConversation().getTenantId();
        String ofChannel = tenantOf(activity.getChannelData());
        if (ofConversation == null && ofChannel == null) {
            return broken(Rule.TENANT, "The tenant is %s, not %s", null, bot.tenantId());
        }
        // INVARIANT: every tenant that the activity names is ours; one among two is not enough.
        return Stream.of(Optional.ofNullable(ofConversation), Optional.ofNullable(ofChannel))
                .flatMap(Optional::stream)
                .filter(tenant -> !tenant.equals(bot.tenantId()))
                .findFirst()
                .flatMap(tenant -> broken(Rule.TENANT, "The tenant is %s, not %s", tenant, bot.tenantId()));
    }

    /** The SDK leaves channelData as it was read: maps, or a tree. A tenant id that is no text counts as a wrong one. */
    private static @Nullable String tenantOf(@Nullable Object channelData) {
        if (channelData instanceof Map<?, ?> data && data.get("tenant") instanceof Map<?, ?> tenant) {
            return Objects.toString(tenant.get("id"), null);
        }
        if (channelData instanceof JsonNode data) {
            return data.path("tenant").path("id").asText(null);
        }
        return null;
    }

    private static Optional<Refused> broken(Rule rule, String format, @Nullable String is, Object expected) {
        return Optional.of(Refused.of(rule, format.formatted(Text.quote(is), expected)));
    }
}
