package io.obstat.local.chat;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The workspace and the app in it.
 *
 * @param teamId the workspace
 * @param appId the app
 * @param secrets what the app and Slack know of each other
 * @param interactivity where clicks are POSTed while no socket is open; null for Socket Mode only
 * @param rateLimited whether the rates of the real Slack hold
 */
public record SlackSettings(
        String teamId,
        String appId,
        Secrets secrets,
        @Nullable URI interactivity,
        boolean rateLimited) {

    public static final String TEAM_ID = "T0OBSTAT";
    public static final String APP_ID = "A0OBSTAT";

    /**
     * What the app and Slack know of each other.
     *
     * @param botToken of the app's bot user, {@code xoxb-…}
     * @param appToken of the app as such, {@code xapp-…}: it opens sockets
     * @param signingSecret signs what Slack sends
     */
    public record Secrets(String botToken, String appToken, String signingSecret) {
        public Secrets {
            if (!botToken.startsWith("xoxb-") || !appToken.startsWith("xapp-") || signingSecret.isBlank()) {
                throw new IllegalArgumentException(
                        "A bot token starts with xoxb-, an app-level token with xapp-, and a signing secret is not blank");
            }
        }
    }

    /** Those of tests. */
    public static SlackSettings standard() {
        return new SlackSettings(
                TEAM_ID,
                APP_ID,
                new Secrets("xoxb-obstat-test", "xapp-1-obstat-test", "obstat-test-signing-secret"),
                null,
                false);
    }

    public SlackSettings with(Secrets other) {
        return new SlackSettings(teamId, appId, other, interactivity, rateLimited);
    }

    public SlackSettings withInteractivity(URI target) {
        return new SlackSettings(teamId, appId, secrets, target, rateLimited);
    }

    public SlackSettings withRateLimits() {
        return new SlackSettings(teamId, appId, secrets, interactivity, true);
    }

    public SlackSettings withoutRateLimits() {
        return new SlackSettings(teamId, appId, secrets, interactivity, false);
    }
}
