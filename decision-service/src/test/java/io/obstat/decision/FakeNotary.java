package io.obstat.decision;

import io.obstat.contracts.Grant;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.event.ActionRequested;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Signs with its name. */
public final class FakeNotary implements Notary {

    @Override
    public Grant grant(ActionRequested request, Instant issuedAt, Instant expiresAt) {
        return new Grant(GrantId.of(request.actionId()), "a grant for " + request.digest(), expiresAt);
    }

    @Override
    public String revocation(ActionRequested request, Grant grant, Instant revokedAt) {
        return "%s is revoked".formatted(grant.id());
    }

    @Override
    public String statement(ActionRequested request, Ruling ruling, @Nullable Grant grant) {
        return "%s is %s".formatted(request.actionId(), ruling.outcome());
    }
}
