package io.obstat.decision.inbox;

import io.obstat.decision.reactive.ApprovalFeed;
import io.obstat.decision.reactive.News;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tells an open page that something has changed (server-sent events). What has, it asks by {@code GET /inbox/state}. */
@Path("/inbox/events")
public class InboxEvents {

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
        return feed.news(null).select().first(readers.tokenLeft()).map(news -> event(sse, news));
    }

    private static OutboundSseEvent event(Sse sse, News news) {
        return switch (news) {
            case News.Listening listening -> sse.newEvent("hello", "looking");
            case News.Changed changed -> sse.newEvent(changed.actionId().value());
            // The page looks at everything whatever it is told.
            case News.Missed missed -> sse.newEvent("reload");
            case News.Heartbeat heartbeat -> sse.newEvent("heartbeat", "still here");
        };
    }
}
