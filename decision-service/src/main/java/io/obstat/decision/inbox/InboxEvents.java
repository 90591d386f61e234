package io.obstat.decision.inbox;

import io.obstat.decision.reactive.ApprovalFeed;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tells an open page that something has changed (server-sent events). What has, it asks by {@code GET /inbox/state}. */
@Path("/inbox/events")
public class InboxEvents {

    /** Shorter than the idle timeouts of common proxies. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private final ApprovalFeed feed;
    private final Readers readers;

    InboxEvents(ApprovalFeed feed, Readers readers) {
        this.feed = feed;
        this.readers = readers;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> events(@Context Sse sse) {
        readers.current();
        Multi<OutboundSseEvent> hello = Multi.createFrom().item(() -> sse.newEvent("hello", "looking"));
        Multi<OutboundSseEvent> changes = feed.changes().map(id -> sse.newEvent(id.value()));
        Multi<OutboundSseEvent> heartbeats = Multi.createFrom()
                .ticks()
                .every(HEARTBEAT)
                .onOverflow()
                .drop()
                .map(tick -> sse.newEvent("heartbeat", "still here"));
        return Multi.createBy().merging().streams(hello, changes, heartbeats);
    }
}
