package io.obstat.notifier.teams;

import com.microsoft.bot.schema.Activity;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.teams.Admission.Accepted;
import io.obstat.notifier.teams.Admission.Refused;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets in the Bot Framework Emulator on this machine, which sends no token. For development only: whoever reaches the port is let in, so it
 * cannot be had together with anything of production. The port has to be bound to loopback.
 */
public final class EmulatorCalls implements Callers {

    static final String CHANNEL = "emulator";

    private final ServiceUrls serviceUrls;

    private EmulatorCalls(ServiceUrls serviceUrls) {
        this.serviceUrls = serviceUrls;
    }

    /**
     * Opens the door to the emulator.
     *
     * @param flag the setting {@code obstat.notifier.teams.emulator}
     * @param appId the setting of production, to be absent
     * @param appSecret the setting of production, to be absent
     * @param serviceUrls the emulator's; loopback only
     * @throws InvalidFieldException naming both settings that do not go together
     */
    public static EmulatorCalls open(
            boolean flag, @Nullable String appId, @Nullable String appSecret, ServiceUrls serviceUrls) {
        if (!flag) {
            throw new InvalidFieldException(
                    Settings.EMULATOR,
                    "is not true, so %s and %s are needed; activities without a token are not taken otherwise"
                            .formatted(Settings.APP_ID, Settings.APP_SECRET));
        }
        absent(Settings.APP_ID, appId);
        absent(Settings.APP_SECRET, appSecret);
        requireLoopback(serviceUrls);
        return new EmulatorCalls(serviceUrls);
    }

    static void requireLoopback(ServiceUrls serviceUrls) {
        if (!serviceUrls.loopbackOnly()) {
            throw new InvalidFieldException(
                    Settings.EMULATOR,
                    "is true and %s is %s; nobody shows a token there, so every service URL has to be on this machine"
                            .formatted(Settings.SERVICE_URLS, serviceUrls));
        }
    }

    private static void absent(String setting, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            throw new InvalidFieldException(
                    Settings.EMULATOR,
                    "is true and %s is set; it takes activities without a token, so remove one of the two"
                            .formatted(setting));
        }
    }

    @Override
    public CompletionStage<Admission> admit(@Nullable String authorization, Activity activity) {
        return CompletableFuture.completedFuture(judge(activity));
    }

    private Admission judge(Activity activity) {
        if (!CHANNEL.equals(activity.getChannelId())) {
            return Refused.of(
                    Rule.CHANNEL,
                    "The channelId is %s; without tokens only %s is taken"
                            .formatted(Text.quote(activity.getChannelId()), CHANNEL));
        }
        if (!serviceUrls.allows(activity.getServiceUrl())) {
            return Refused.of(
                    Rule.SERVICE_URL_ALLOWED,
                    "The serviceUrl is %s; allowed are %s"
                            .formatted(Text.quote(activity.getServiceUrl()), serviceUrls));
        }
        Optional<ActivityKey> key = ActivityKey.of(activity);
        return key.<Admission>map(found -> new Accepted(Caller.of(activity, found, CHANNEL)))
                .orElseGet(() -> Refused.of(Rule.ACTIVITY_ID, "The activity lacks id, type or conversation.id"));
    }

    @Override
    public void unanswered(Caller caller) {
        // Repeats of the emulator are let in, so there is nothing to forget.
    }
}
