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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jboss.logging.Logger;

/** Fetches clicks from Slack by Socket Mode, for whoever has no public address. Slack knows who we are by the app's token, and we Slack by TLS. */
public final class SlackSocket implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SlackSocket.class);
    private static final Gson GSON = GsonFactory.createSnakeCase();

    private final SlackInteractions interactions;
    private final SocketModeClient client;

    SlackSocket(Slack slack, String appToken, SlackInteractions interactions) {
        this.interactions = interactions;
        try {
            client = slack.socketMode(appToken, SocketModeClient.Backend.JavaWebSocket);
        } catch (IOException e) {
            throw new UncheckedIOException("Slack's Socket Mode cannot be opened: " + e.getMessage(), e);
        }
        client.addInteractiveEnvelopeListener(this::take);
        client.setAutoReconnectEnabled(true);
        client.setAutoReconnectOnCloseEnabled(true);
    }

    /** Opens the connection; it is opened again whenever it breaks. */
    void connect() {
        try {
            client.connect();
            LOG.info("Clicks come from Slack by Socket Mode");
        } catch (IOException e) {
            throw new UncheckedIOException("Slack's Socket Mode cannot be opened: " + e.getMessage(), e);
        }
    }

    private void take(InteractiveEnvelope envelope) {
        interactions
                .handle(payload(envelope.getPayload()))
                .subscribe()
                .with(
                        reply -> answer(envelope.getEnvelopeId(), reply),
                        e -> LOG.errorf(e, "An envelope of Slack could not be taken"));
    }

    private static String payload(JsonElement payload) {
        return GSON.toJson(payload);
    }

    private void answer(String envelope, Reply reply) {
        switch (reply) {
            case Reply.Taken taken ->
                client.sendSocketModeResponse(
                        AckResponse.builder().envelopeId(envelope).build());
            case Reply.Said said ->
                client.sendSocketModeResponse(MapResponse.builder()
                        .envelopeId(envelope)
                        .payload(GSON.<Map<String, Object>>fromJson(said.body().toString(), Map.class))
                        .build());
            case Reply.Refused(String why) -> {
                LOG.warnf("An envelope of Slack was refused: %s", why);
                client.sendSocketModeResponse(
                        AckResponse.builder().envelopeId(envelope).build());
            }
            // Not acknowledged: Slack tells the person that it did not work.
            case Reply.Busy busy -> LOG.warn("A click could not be taken in time");
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
