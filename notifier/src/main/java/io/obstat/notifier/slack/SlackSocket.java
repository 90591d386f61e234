package io.obstat.notifier.slack;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.slack.api.Slack;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.request.InteractiveEnvelope;
import com.slack.api.socket_mode.response.AckResponse;
import com.slack.api.socket_mode.response.MapResponse;
import com.slack.api.util.json.GsonFactory;
import io.obstat.notifier.slack.SlackInteractions.Reply;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Fetches clicks from Slack by Socket Mode, for whoever has no public address. Slack knows who we are by the app's token, and we Slack by TLS. */
public final class SlackSocket implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SlackSocket.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Gson GSON = GsonFactory.createSnakeCase();

    private final SlackInteractions interactions;
    private final Slack slack;
    private final String appToken;
    private volatile @Nullable SocketModeClient client;
    private volatile @Nullable Cancellable opening;

    SlackSocket(Slack slack, String appToken, SlackInteractions interactions) {
        this.slack = slack;
        this.appToken = appToken;
        this.interactions = interactions;
    }

    /** Begins to open the connection, as often as it takes; it is opened again whenever it breaks. Does not wait for it. */
    void connect() {
        opening = Uni.createFrom()
                .item(this::open)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure()
                .invoke(e -> LOG.warnf("Slack's Socket Mode cannot be opened yet: %s", e.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely()
                .subscribe()
                .with(open -> {
                    client = open;
                    LOG.info("Clicks come from Slack by Socket Mode");
                });
    }

    private SocketModeClient open() {
        try {
            SocketModeClient opened = slack.socketMode(appToken, SocketModeClient.Backend.JavaWebSocket);
            opened.addInteractiveEnvelopeListener(envelope -> take(opened, envelope));
            opened.setAutoReconnectEnabled(true);
            opened.setAutoReconnectOnCloseEnabled(true);
            opened.connect();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void take(SocketModeClient from, InteractiveEnvelope envelope) {
        interactions
                .handle(payload(envelope.getPayload()))
                .subscribe()
                .with(
                        reply -> answer(from, envelope.getEnvelopeId(), reply),
                        e -> LOG.errorf(e, "An envelope of Slack could not be taken"));
    }

    private static String payload(JsonElement payload) {
        return GSON.toJson(payload);
    }

    private void answer(SocketModeClient from, String envelope, Reply reply) {
        switch (reply) {
            case Reply.Taken taken ->
                from.sendSocketModeResponse(
                        AckResponse.builder().envelopeId(envelope).build());
            case Reply.Said said ->
                from.sendSocketModeResponse(MapResponse.builder()
                        .envelopeId(envelope)
                        .payload(GSON.<Map<String, Object>>fromJson(said.body().toString(), Map.class))
                        .build());
            case Reply.Refused(String why) -> {
                LOG.warnf("An envelope of Slack was refused: %s", why);
                from.sendSocketModeResponse(
                        AckResponse.builder().envelopeId(envelope).build());
            }
            // Not acknowledged: Slack tells the person that it did not work.
            case Reply.Busy busy -> LOG.warn("A click could not be taken in time");
        }
    }

    @Override
    public void close() throws IOException {
        Cancellable running = opening;
        if (running != null) {
            running.cancel();
        }
        SocketModeClient open = client;
        if (open != null) {
            open.close();
        }
    }
}
