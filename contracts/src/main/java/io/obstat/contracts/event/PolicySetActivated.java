package io.obstat.contracts.event;

import io.obstat.contracts.Required;
import java.time.Instant;
import java.util.List;

/**
 * From now on this policy set is in force.
 *
 * @param name of the set, the record key; 1 to 100 characters
 * @param digest {@code sha256:} over the bytes of its source
 * @param rules the ids of its rules, in order; at most 1,000
 */
public record PolicySetActivated(String name, String digest, List<String> rules, Instant activatedAt) implements Event {

    public PolicySetActivated {
        Required.text("name", name, 100);
        Required.text("digest", digest, 100);
        rules = Required.list("rules", rules, 1_000);
        Required.present("activatedAt", activatedAt);
    }

    @Override
    public String key() {
        return name;
    }
}
