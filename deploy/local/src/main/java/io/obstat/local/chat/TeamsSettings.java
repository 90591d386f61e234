package io.obstat.local.chat;

import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tenant and the bot in it.
 *
 * @param appId the bot's application id
 * @param tenant the tenant
 * @param appSecret what the bot gets its tokens for
 * @param bot where activities are POSTed; null while nobody is there
 * @param rateLimited whether the rates of the real Teams hold
 */
public record TeamsSettings(
        UUID appId, UUID tenant, String appSecret, @Nullable URI bot, boolean rateLimited) {

    public static final UUID TENANT = UUID.fromString("0b57a700-0000-4000-a000-000000000001");
    public static final UUID APP_ID = UUID.fromString("0b57a700-0000-4000-b000-000000000001");

    public TeamsSettings {
        if (appSecret.isBlank()) {
            throw new IllegalArgumentException("The app secret is blank; without one nobody gets a token");
        }
    }

    /** Those of tests. */
    public static TeamsSettings standard() {
        return new TeamsSettings(APP_ID, TENANT, "obstat-test-app-secret", null, false);
    }

    public TeamsSettings withSecret(String other) {
        return new TeamsSettings(appId, tenant, other, bot, rateLimited);
    }

    public TeamsSettings withBot(URI endpoint) {
        return new TeamsSettings(appId, tenant, appSecret, endpoint, rateLimited);
    }

    public TeamsSettings withRateLimits() {
        return new TeamsSettings(appId, tenant, appSecret, bot, true);
    }

    public TeamsSettings withoutRateLimits() {
        return new TeamsSettings(appId, tenant, appSecret, bot, false);
    }
}
