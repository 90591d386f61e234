package io.obstat.notifier.slack;

import io.obstat.notifier.Chat;
import io.obstat.notifier.Clicks;
import io.obstat.notifier.Reviews;
import io.obstat.notifier.slack.SlackInteractions.Sinks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The app in one workspace: its cards, its door and its socket. */
public final class SlackApp implements AutoCloseable {

    private final SlackChat chat;
    private final @Nullable SlackDoor door;
    private final @Nullable SlackSocket socket;

    public SlackApp(SlackSettings settings, Reviews reviews, Clicks clicks, InstantSource clock) {
        var api = new SlackApi(settings);
        chat = new SlackChat(settings, api, clicks);
        var interactions = new SlackInteractions(
                settings,
                chat,
                new SlackPeople(settings.team(), api, clock),
                new SlackDialog(api),
                new Sinks(reviews, clicks, clock, SlackInteractions.PATIENCE));
        String secret = settings.signingSecret();
        door = secret == null ? null : new SlackDoor(new SlackSignature(secret), interactions, clock);
        String appToken = settings.appToken();
        socket = appToken == null ? null : new SlackSocket(api.slack(), appToken, interactions);
    }

    public Chat chat() {
        return chat;
    }

    /** Empty when clicks come by Socket Mode only. */
    public Optional<SlackDoor> door() {
        return Optional.ofNullable(door);
    }

    /** Begins to fetch clicks, where they have to be fetched. */
    public void connect() {
        if (socket != null) {
            socket.connect();
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
