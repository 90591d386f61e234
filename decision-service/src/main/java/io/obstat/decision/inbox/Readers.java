package io.obstat.decision.inbox;

import io.obstat.decision.oidc.Caller;
import io.obstat.decision.oidc.Callers;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;

/** Who reads the inbox now. */
@ApplicationScoped
class Readers {

    private final Callers callers;
    private final SecurityIdentity identity;
    private final Clock clock;

    Readers(Callers callers, SecurityIdentity identity, Clock clock) {
        this.callers = callers;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * @throws WebApplicationException with a page that says so (403), when it is an agent: the inbox is for people
     */
    Reader current() {
        return switch (callers.of(identity)) {
            case Caller.Human human -> new Reader(human, clock.instant());
            case Caller.Agent agent ->
                throw new WebApplicationException(Response.status(Response.Status.FORBIDDEN)
                        .type(MediaType.TEXT_HTML_TYPE)
                        .entity(Templates.trouble(
                                        "The inbox is for people",
                                        "You are signed in as the agent %s, and an agent cannot review. Sign in as a person."
                                                .formatted(agent.agent()))
                                .render())
                        .build());
        };
    }

    /** For how long what the reader signed in with is good from now on; positive. */
    Duration tokenLeft() {
        return callers.tokenLeft(identity, clock.instant());
    }
}
