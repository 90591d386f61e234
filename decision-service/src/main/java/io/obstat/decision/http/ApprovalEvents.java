package io.obstat.decision.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.json.Json;
import io.obstat.decision.reactive.ApprovalFeed;
import io.obstat.decision.reactive.News;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tells people's programs what changes, as it does (server-sent events). */
@Path("/v1/approvals/events")
@Authenticated
@Tag(name = "people")
public class ApprovalEvents {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    /** No event of ours is later, and every database can still be asked for what is. */
    private static final Instant LAST_OF_ALL = Instant.parse("9999-12-31T23:59:59Z");

    record Change(ActionId actionId, String state) {}

    private final ApprovalFeed feed;
    private final Requests requests;

    ApprovalEvents(ApprovalFeed feed, Requests requests) {
        this.feed = feed;
        this.requests = requests;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "Changes of approvals, live", description = """
                    Server-sent events until the token expires. The first is `hello`: from then on nothing is missed. `change` has an id and
                    `{"actionId", "state"}`; it comes at least once for each change, within about a second. `reload` says that there was more than
                    could be told, because the reader is slow, was away for long, or a great many changed at once: read the list anew. `heartbeat` comes every 20 s. Connect again
                    with the last id as Last-Event-ID, and what has changed meanwhile comes first.""", operationId = "approvalEvents")
    @APIResponse(
            responseCode = "200",
            description = "The events",
            content =
                    @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "400", description = "Last-Event-ID is none of ours")
    @APIResponse(responseCode = "403", description = "The caller is an agent; it waits at /v1/decisions/{actionId}")
    public Multi<OutboundSseEvent> events(
            @Parameter(description = "The id of the last event that was read") @HeaderParam(LAST_EVENT_ID) @Nullable
                    String lastEventId,
            @Context Sse sse) {
        requests.person();
        Instant since = lastEventId == null ? null : instant(lastEventId);
        return feed.news(since).select().first(requests.tokenLeft()).map(news -> event(sse, news));
    }

    private static OutboundSseEvent event(Sse sse, News news) {
        return switch (news) {
            case News.Listening listening -> sse.newEvent("hello", "listening");
            case News.Changed changed ->
                sse.newEventBuilder()
                        .name("change")
                        .id(changed.at().toString())
                        .data(new String(
                                Json.write(new Change(
                                        changed.actionId(), changed.state().wireName())),
                                StandardCharsets.UTF_8))
                        .build();
            case News.Missed missed -> sse.newEvent("reload", "there was more than could be told");
            case News.Heartbeat heartbeat -> sse.newEvent("heartbeat", "still here");
        };
    }

    private static Instant instant(String id) {
        try {
            Instant at = Instant.parse(id);
            if (at.isBefore(Instant.EPOCH) || at.isAfter(LAST_OF_ALL)) {
                throw notOurs(id);
            }
            return at;
        } catch (DateTimeException e) {
            throw notOurs(id);
        }
    }

    private static InvalidRequestException notOurs(String id) {
        return new InvalidRequestException(
                LAST_EVENT_ID,
                "must be the id of an event that came from here, as it came, got %s; leave it out to begin anew"
                        .formatted(Quoted.of(id)));
    }
}
