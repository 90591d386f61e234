package io.obstat.notifier.teams;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import java.util.Locale;

/**
 * Who we are in Teams.
 *
 * @param appId Microsoft App ID of the bot, in lower case; 1 to 100 characters
 * @param tenantId Microsoft Entra tenant that we serve, and the only one, in lower case; 1 to 100 characters
 */
public record BotIdentity(String appId, String tenantId) {

    private static final int LONGEST = 100;

    public BotIdentity {
        id("appId", appId);
        id("tenantId", tenantId);
    }

    /** What Teams calls the bot in {@code recipient.id}. */
    public String account() {
        return "28:" + appId;
    }

    private static void id(String field, String value) {
        Required.text(field, value, LONGEST);
        if (!value.equals(value.toLowerCase(Locale.ROOT)) || !value.matches("[a-z0-9.-]+")) {
            throw new InvalidFieldException(
                    field, "is '%s'; write the id in lower case, as the Azure portal shows it".formatted(value));
        }
    }
}
