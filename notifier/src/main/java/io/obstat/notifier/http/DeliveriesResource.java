package io.obstat.notifier.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.notifier.Delivery;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.postgres.PostgresDeliveries;
import io.obstat.notifier.postgres.PostgresDeliveries.Line;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Who was told of an action, and how that went. */
@Path("/v1/deliveries")
@RolesAllowed("auditors")
public class DeliveriesResource {

    private final PostgresDeliveries deliveries;

    DeliveriesResource(PostgresDeliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** The delivery record of an action; empty when nobody was to be told. */
    public record DeliveryRecord(String actionId, List<Entry> deliveries) {}

    /**
     * One notice to one recipient.
     *
     * @param id the {@code webhook-id} of a webhook
     * @param about the event that gave rise to it
     * @param state pending, retrying, delivered or failed
     * @param dueAt when it is tried next
     * @param problem the last try's trouble
     */
    public record Entry(
            DeliveryId id,
            EventId about,
            String kind,
            String channel,
            String recipient,
            String state,
            int attempts,
            Instant createdAt,
            @Nullable Instant dueAt,
            @Nullable Instant endedAt,
            @Nullable String problem) {

        static Entry of(Line line) {
            return switch (line.delivery()) {
                case Delivery.Pending pending -> entry(line, "pending", pending.dueAt(), null, null);
                case Delivery.Retrying retrying -> entry(line, "retrying", retrying.dueAt(), null, retrying.problem());
                case Delivery.Delivered delivered -> entry(line, "delivered", null, delivered.endedAt(), null);
                case Delivery.Failed failed -> entry(line, "failed", null, failed.endedAt(), failed.problem());
            };
        }

        private static Entry entry(
                Line line, String state, @Nullable Instant dueAt, @Nullable Instant endedAt, @Nullable String problem) {
            return new Entry(
                    line.id(),
                    line.about(),
                    line.kind(),
                    line.recipient().channel(),
                    line.recipient().name(),
                    state,
                    line.delivery().attempts(),
                    line.createdAt(),
                    dueAt,
                    endedAt,
                    problem);
        }
    }

    @GET
    @Path("/{actionId}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The delivery record of an action: who was told what, in how many tries, or why not")
    public Uni<Response> of(@RestPath String actionId) {
        ActionId id;
        try {
            id = new ActionId(actionId);
        } catch (IllegalArgumentException e) {
            return Uni.createFrom()
                    .item(Problem.of(Response.Status.BAD_REQUEST, e.getMessage() + "; give the id of an action")
                            .build());
        }
        return deliveries
                .of(id)
                .map(lines -> Response.ok(new DeliveryRecord(
                                id.value(), lines.stream().map(Entry::of).toList()))
                        .build());
    }
}
