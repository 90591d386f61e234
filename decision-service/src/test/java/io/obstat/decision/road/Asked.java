package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Requests that nobody has seen before. */
final class Asked {

    private Asked() {}

    static ActionRequested request() {
        return Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
    }

    /** One that waits for people who have to be identified so well. */
    static ActionRequested pending(Road road, Identification assurance, Slot... slots) {
        ActionRequested request = request();
        ApprovalRequired plain = Examples.required(request, Duration.ofMinutes(30), slots);
        var requirement = new Requirement(
                List.of(slots), Duration.ofMinutes(30), 1, assurance, List.of(), List.of(), List.of(), null, null);
        assertThat(road.verdict(new ApprovalRequired(request, plain.assessment(), requirement))
                        .join())
                .isEmpty();
        return request;
    }

    /** A request that waits for people. */
    static ActionRequested pending(Road road, Slot... slots) {
        ActionRequested request = request();
        assertThat(road.verdict(Examples.required(request, Duration.ofMinutes(30), slots))
                        .join())
                .isEmpty();
        return request;
    }
}
