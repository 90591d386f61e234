package io.obstat.decision.simulation;

import io.obstat.contracts.Grant;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.decision.FakeNotary;
import io.obstat.decision.Notary;
import io.obstat.decision.Ruling;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A notary whose key cannot always be reached. */
final class UnsteadyNotary implements Notary {

    private final FakeNotary notary = new FakeNotary();
    private boolean away;

    static final class AwayException extends RuntimeException {

        private static final long serialVersionUID = 1;

        AwayException() {
            super("The key cannot be reached", null, false, false);
        }
    }

    void isAway(boolean now) {
        away = now;
    }

    static boolean signs(ActionEvent event) {
        return event instanceof Decision || event instanceof DecisionRevoked;
    }

    @Override
    public Grant grant(ActionRequested request, Instant issuedAt, Instant expiresAt) {
        check();
        return notary.grant(request, issuedAt, expiresAt);
    }

    @Override
    public String revocation(ActionRequested request, Grant grant, Instant revokedAt) {
        check();
        return notary.revocation(request, grant, revokedAt);
    }

    @Override
    public String statement(ActionRequested request, Ruling ruling, @Nullable Grant grant) {
        check();
        return notary.statement(request, ruling, grant);
    }

    private void check() {
        if (away) {
            throw new AwayException();
        }
    }
}
