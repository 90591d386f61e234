package io.obstat.notifier.teams;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import io.obstat.notifier.yaml.Secret;
import java.util.Locale;

/**
 * The {@code teams} section of {@code channels.yaml}.
 *
 * @param app the bot's Microsoft App ID, a UUID
 * @param tenant the Microsoft Entra tenant whose people are asked, a UUID
 * @param appSecret a client secret of the app registration
 */
public record TeamsFile(String app, String tenant, Secret appSecret) {

    public TeamsFile {
        app = id("app", app);
        tenant = id("tenant", tenant);
        Required.present("appSecret", appSecret);
    }

    private static String id(String field, String value) {
        Required.text(field, value, 100);
        if (!value.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new InvalidFieldException(
                    field, "is '%s'; it must be a UUID, as the Azure portal shows it".formatted(value));
        }
        return value.toLowerCase(Locale.ROOT);
    }
}
