package io.obstat.decision.directory;

import io.obstat.decision.Roster.Delegation;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who stands for whom while they are away; one stand-in a person. Fails as {@link Users} does. */
public interface Absences {

    /**
     * Somebody's absence, to be read.
     *
     * @param to the stand-in's OIDC subject, or an e-mail address when they have none
     */
    record Absence(
            String to,
            Instant since,
            Instant until,
            @Nullable String reason) {}

    /** @param member id */
    Uni<Optional<Absence>> of(String member);

    /** In place of what was. Refused as {@code UNKNOWN} when one of the two has gone meanwhile. */
    Uni<Absence> begin(Delegation delegation, @Nullable String reason);

    /** @param member id */
    Uni<Void> end(String member);
}
