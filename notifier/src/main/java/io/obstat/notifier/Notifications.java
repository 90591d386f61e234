package io.obstat.notifier;

import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Envelope;
import java.util.concurrent.CompletionStage;

/** Where it is put on record who was told, and who could not be. */
public interface Notifications {

    /** Completes when the event is durable. May be called again with the same event. Must not block. */
    CompletionStage<Void> publish(Envelope<? extends ActionEvent> event);
}
