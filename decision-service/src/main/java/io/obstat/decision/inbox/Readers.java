package io.obstat.decision.inbox;

import io.obstat.decision.ApprovalView;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.oidc.Callers;
import io.obstat.decision.reactive.Situations;
import io.obstat.decision.webauthn.KeyRing;
import io.obstat.decision.webauthn.StepUp;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;

/** Who reads the inbox now. */
@ApplicationScoped
class Readers {

    private final Callers callers;
    private final SecurityIdentity identity;
    private final KeyRing keys;
    private final Situations situations;

    Readers(Callers callers, SecurityIdentity identity, KeyRing keys, Situations situations) {
        this.callers = callers;
        this.identity = identity;
        this.keys = keys;
        this.situations = situations;
    }

    /**
     * @throws WebApplicationException with a page that says so (403), when it is an agent: the inbox is for people
     */
    Reader current() {
        return switch (callers.of(identity)) {
            case Caller.Human human -> new Reader(human, situations.latest(), false);
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
        return callers.tokenLeft(identity, situations.latest().now());
    }

    /** The reader, with whether they have a security key when anything that they are about to see asks for one. */
    Uni<Reader> knowing(Reader reader, List<ApprovalView> views) {
        return views.stream().noneMatch(view -> view.pending() && StepUp.isAskedFor(view.requirement()))
                ? Uni.createFrom().item(reader)
                : keys.of(reader.holder()).map(found -> found.isEmpty() ? reader : reader.withKey());
    }
}
