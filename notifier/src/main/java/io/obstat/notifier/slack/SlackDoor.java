package io.obstat.notifier.slack;

import io.obstat.notifier.Replays;
import io.obstat.notifier.slack.SlackInteractions.Reply;
import io.smallrye.mutiny.Uni;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Where Slack brings clicks over HTTP. What is not certain to come from Slack, and to come for the first time, goes no further. */
public final class SlackDoor {

    private static final Logger LOG = Logger.getLogger(SlackDoor.class);
    private static final String FIELD = "payload=";

    private static final int MOST_REPLAYS = 100_000;

    /** Longer than any timestamp is: from five minutes in the future to five in the past. */
    private static final Duration BELIEVED =
            SlackSignature.WINDOW.multipliedBy(2).plusSeconds(1);

    private final SlackSignature signature;
    private final SlackInteractions interactions;
    private final InstantSource clock;

    private final Replays<String> replays = new Replays<>(MOST_REPLAYS);

    SlackDoor(SlackSignature signature, SlackInteractions interactions, InstantSource clock) {
        this.signature = signature;
        this.interactions = interactions;
        this.clock = clock;
    }

    /** What becomes of a request. */
    public sealed interface Outcome {

        record Handled(Reply reply) implements Outcome {}

        /** Not from Slack, or not now. Whoever sent it is not told why. */
        record Unbelieved() implements Outcome {}
    }

    /**
     * Takes a request in.
     *
     * @param signed the header {@code X-Slack-Signature}
     * @param timestamp the header {@code X-Slack-Request-Timestamp}
     * @param body as it arrived
     */
    public Uni<Outcome> knock(@Nullable String signed, @Nullable String timestamp, byte[] body) {
        Instant now = clock.instant();
        String objection = signature.objection(signed, timestamp, body, now);
        if (objection == null && !replays.first(String.valueOf(signed), now.plus(BELIEVED), now)) {
            objection = "it has come before";
        }
        if (objection != null) {
            LOG.warnf("A callback to Slack's door was refused: %s", objection);
            return Uni.createFrom().item(new Outcome.Unbelieved());
        }
        String form = new String(body, StandardCharsets.UTF_8);
        if (!form.startsWith(FIELD)) {
            return Uni.createFrom().item(new Outcome.Handled(new Reply.Refused("it has no payload")));
        }
        String payload;
        try {
            payload = URLDecoder.decode(form.substring(FIELD.length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().item(new Outcome.Handled(new Reply.Refused("its payload is not form-encoded")));
        }
        return interactions
                .handle(payload)
                .invoke(reply -> {
                    if (reply instanceof Reply.Busy) {
                        replays.forget(String.valueOf(signed));
                    }
                })
                .map(Outcome.Handled::new);
    }
}
