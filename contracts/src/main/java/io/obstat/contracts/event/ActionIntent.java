package io.obstat.contracts.event;

import io.obstat.contracts.Required;

/**
 * A pipeline's request at the Kafka door, not yet authenticated. Any record key will do.
 *
 * @param jws a compact JWS by a registered agent key ({@code kid}) over the JSON of the request; 1 to 65,536 characters
 */
public record ActionIntent(String jws) implements Event {

    public ActionIntent {
        Required.text("jws", jws, 65_536);
    }

    /** Intents carry no trusted id; whoever writes one chooses the record key. */
    @Override
    public String key() {
        return "intent";
    }
}
