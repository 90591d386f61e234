package io.obstat.contracts.event;

import io.obstat.contracts.Required;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.json.CanonicalJson;
import io.obstat.contracts.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is told along with a decision's outcome. An agent acts on these words, so they are signed too: their {@link #digest()} is a
 * claim of the decision's statement. The bounds are those of {@link Decision}.
 */
public record Told(
        DecidedBy decidedBy,
        String reason,
        @Nullable String saferAlternative,
        @Nullable Instant retryNotBefore,
        Instant decidedAt) {

    public Told {
        Required.present("decidedBy", decidedBy);
        Required.text("reason", reason, 2_000);
        Required.optionalText("saferAlternative", saferAlternative, 500);
        Required.present("decidedAt", decidedAt);
    }

    /** SHA-256 over the RFC 8785 form of the five as the decision has them, absent ones left out: {@code sha256:} and 64 lower-case hex digits. */
    public String digest() {
        return CanonicalJson.sha256(Json.tree(this));
    }
}
