package io.obstat.notifier.slack;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import io.obstat.notifier.yaml.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The {@code slack} section of {@code channels.yaml}.
 *
 * @param team the workspace's id, {@code T…}
 * @param app the app's id, {@code A…}
 * @param botToken {@code xoxb-…}
 * @param signingSecret for clicks over HTTP; this, {@code appToken} or both
 * @param appToken {@code xapp-…}, for clicks by Socket Mode
 */
public record SlackFile(
        String team,
        String app,
        Secret botToken,
        @Nullable Secret signingSecret,
        @Nullable Secret appToken) {

    public SlackFile {
        form("team", team, "T[A-Z0-9]+", "T024BE7LD");
        form("app", app, "A[A-Z0-9]+", "A0KRD7HC3");
        Required.present("botToken", botToken);
        if (signingSecret == null && appToken == null) {
            throw new InvalidFieldException(
                    "signingSecret", "or appToken must be given; without one of them no click arrives");
        }
    }

    /**
     * The settings, with their secrets.
     *
     * @throws InvalidFieldException naming the field that is wrong
     */
    public SlackSettings resolve(
            Path directory, Function<String, @Nullable String> environment, URI api, Duration timeout) {
        return new SlackSettings(
                team,
                app,
                prefixed("slack.botToken", "xoxb-", botToken.resolve("slack.botToken", directory, environment)),
                signingSecret == null ? null : signingSecret.resolve("slack.signingSecret", directory, environment),
                appToken == null
                        ? null
                        : prefixed(
                                "slack.appToken", "xapp-", appToken.resolve("slack.appToken", directory, environment)),
                api,
                timeout);
    }

    private static String prefixed(String field, String prefix, String token) {
        if (!token.startsWith(prefix)) {
            throw new InvalidFieldException(
                    field,
                    "does not begin with %s; take the token of that kind from the app's pages".formatted(prefix));
        }
        return token;
    }

    private static void form(String field, String value, String form, String example) {
        Required.text(field, value, 50);
        if (!value.matches(form)) {
            throw new InvalidFieldException(field, "is '%s'; it must be an id such as %s".formatted(value, example));
        }
    }
}
