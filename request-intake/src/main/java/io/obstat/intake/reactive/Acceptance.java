package io.obstat.intake.reactive;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.Decision;
import io.obstat.intake.ActionRequestBody;
import io.obstat.intake.IdempotencyKey;
import io.obstat.intake.Intake;
import io.obstat.intake.Reception;
import io.obstat.intake.StoredAction;
import io.obstat.intake.Withdrawal;
import io.obstat.intake.reactive.Actions.Change;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Accepted means durable: the request is a committed row first, then a record that Kafka acknowledged, then noted as published. Whatever
 * fails in between is made good by the agent's repetition or by the {@link Sweeper}; the event's id is derived from the action's, so that a
 * record that went out twice is recognised everywhere.
 */
@ApplicationScoped
public class Acceptance {

    private final Actions actions;
    private final ActionEvents events;
    private final PublishedNotes notes;
    private final InstantSource clock;

    public Acceptance(Actions actions, ActionEvents events, PublishedNotes notes, InstantSource clock) {
        this.actions = actions;
        this.events = events;
        this.notes = notes;
        this.clock = clock;
    }

    /** Keeps a request; the same one again is recognised. Nothing is published yet, see {@link #publish}. */
    public Uni<Reception> keep(Verified verified, ActionRequestBody body, IdempotencyKey key, String traceparent) {
        Instant now = now();
        return actions.update(ActionId.derive(verified.agent(), key.value()), stored -> {
            Reception reception = Intake.receive(verified, body, key, traceparent, stored, now);
            return new Change<>(
                    reception, reception instanceof Reception.Accepted(StoredAction action) ? action : null);
        });
    }

    /** Keeps an agent's wish to take its request back. Nothing is published yet, see {@link #publish}. */
    public Uni<Withdrawal> withdraw(ActionId id, AgentId by, @Nullable String reason) {
        Instant now = now();
        return actions.update(id, stored -> {
            Withdrawal withdrawal = Intake.withdraw(id, stored, by, reason, now);
            return new Change<>(
                    withdrawal, withdrawal instanceof Withdrawal.Withdrawn(StoredAction action) ? action : null);
        });
    }

    /**
     * Publishes what Kafka does not have of this action, and has it noted soon. Completes at once when it has everything. Nobody waits for the
     * note: were it lost, the {@link Sweeper} would publish the same event again, which everybody recognises.
     */
    public Uni<StoredAction> publish(StoredAction stored) {
        StoredAction action = notes.with(stored);
        return action.isPublished()
                ? Uni.createFrom().item(action)
                : send(action).map(sent -> {
                    notes.add(action);
                    return action.published(action, now());
                });
    }

    /** Sends what Kafka does not have of this action; the request before its withdrawal, which share a key and so keep this order. */
    Uni<Void> send(StoredAction action) {
        Uni<Void> request = action.unpublishedRequest()
                .map(events::publish)
                .orElseGet(() -> Uni.createFrom().voidItem());
        return request.chain(() -> action.unpublishedWithdrawal()
                .map(events::publish)
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Notes terminal decisions. Nothing happens to an action that is not one of ours or is decided. */
    public Uni<Void> decided(Collection<Decision> decisions) {
        return actions.decided(decisions);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
