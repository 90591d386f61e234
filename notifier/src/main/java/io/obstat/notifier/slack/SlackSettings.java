package io.obstat.notifier.slack;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The app in one workspace.
 *
 * @param team the workspace's id, {@code T…}
 * @param app the app's id, {@code A…}
 * @param botToken {@code xoxb-…}
 * @param signingSecret for clicks over HTTP; absent when they come by Socket Mode only
 * @param appToken {@code xapp-…}, for Socket Mode; absent when clicks come over HTTP only
 * @param api where its Web API is, with a slash at the end
 * @param timeout for one call
 */
public record SlackSettings(
        String team,
        String app,
        String botToken,
        @Nullable String signingSecret,
        @Nullable String appToken,
        URI api,
        Duration timeout) {

    /** Whether a {@code response_url} leads to Slack: to its own host for these, or to where its API is. */
    boolean isSlack(URI url) {
        return ("https".equals(url.getScheme()) && "hooks.slack.com".equals(url.getHost()) && url.getPort() < 0
                        || api.getScheme().equals(url.getScheme())
                                && api.getHost().equals(url.getHost())
                                && api.getPort() == url.getPort())
                && url.getUserInfo() == null;
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "Slack app %s in %s".formatted(app, team);
    }
}
