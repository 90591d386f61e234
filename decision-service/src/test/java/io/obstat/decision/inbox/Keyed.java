package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.obstat.decision.road.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Requests that take a security key. */
final class Keyed {

    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private Keyed() {}

    static Requirement requirement(Slot... slots) {
        return requirement(DEADLINE, slots);
    }

    private static Requirement requirement(Duration deadline, Slot... slots) {
        return new Requirement(
                List.of(slots), deadline, 1, Identification.WEBAUTHN, List.of(), List.of(), List.of(), null, null);
    }

    /** One that waits for one of data-governance. */
    static ActionRequested pending(Road road) {
        return pending(road, new Slot("data-governance", 1));
    }

    static ActionRequested pending(Road road, Slot... slots) {
        return pending(road, DEADLINE, slots);
    }

    static ActionRequested pending(Road road, Duration deadline, Slot... slots) {
        ActionRequested request = Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
        ApprovalRequired required = Examples.required(request, deadline, slots);
        assertThat(road.verdict(new ApprovalRequired(request, required.assessment(), requirement(deadline, slots)))
                        .join())
                .isEmpty();
        return request;
    }

    static void sql(String statement) throws SQLException {
        Database.execute(statement);
    }

    /** Chromium's own base64, as WebAuthn has it. */
    static String base64url(String base64) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Base64.getDecoder().decode(base64));
    }
}
