package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.json.Json;
import io.obstat.decision.Member;
import io.obstat.decision.Roster;
import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.oidc.Callers;
import io.obstat.decision.quarkus.DecisionConfig;
import io.obstat.decision.reactive.Rosters;
import io.obstat.decision.reactive.UnavailableException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Who may come in, and how SCIM says that something went wrong. */
@ApplicationScoped
class ScimDoor {

    static final String MEDIA_TYPE = "application/scim+json";

    private static final Logger LOG = Logger.getLogger(ScimDoor.class);
    private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
    private static final int RETRY_AFTER_SECONDS = 5;

    private final CurrentIdentityAssociation identity;
    private final Callers callers;
    private final Rosters rosters;
    private final String group;

    ScimDoor(CurrentIdentityAssociation identity, Callers callers, Rosters rosters, DecisionConfig config) {
        this.identity = identity;
        this.callers = callers;
        this.rosters = rosters;
        this.group = config.scimGroup();
    }

    /** SPEC: RFC 7644 §3.12; the status is text. */
    private record Fault(List<String> schemas, @Nullable String scimType, String detail, String status) {}

    /** Does {@code work} for who may provision. Never fails: every failure is an answer in the form of SCIM. */
    Uni<Response> open(Supplier<Uni<Response>> work) {
        return identity.getDeferredIdentity()
                .map(this::admit)
                .chain(caller -> rosters.current().invoke(roster -> requireNotGone(roster, caller)))
                .chain(work::get)
                .onFailure()
                .recoverWithItem(ScimDoor::answer);
    }

    static Response ok(JsonNode resource) {
        return Response.ok(Json.write(resource), MEDIA_TYPE).build();
    }

    private Caller.Human admit(SecurityIdentity caller) {
        if (caller.isAnonymous()) {
            throw new AuthenticationFailedException("There is no token");
        }
        // An agent provisions nobody, whatever groups it has.
        if (callers.of(caller) instanceof Caller.Human human && human.groups().contains(group)) {
            return human;
        }
        throw new ScimFault(
                403,
                null,
                "The token is valid, but its groups do not have %s, or it is an agent's; have the issuer put the provisioning client into that group"
                        .formatted(group));
    }

    /** A client is not in the directory. A person who is, and is no longer one of us, must not bring themselves back. */
    private static void requireNotGone(Roster roster, Caller.Human caller) {
        Reviewer reviewer = caller.reviewer(null);
        if (roster.knows(reviewer)
                && roster.member(reviewer).filter(Member::active).isEmpty()) {
            throw new ScimFault(
                    403,
                    null,
                    "The token is valid, but the directory has %s as somebody who is gone, or by another key; provision with a client's token"
                            .formatted(Quoted.of(caller.person().subject())));
        }
    }

    private static Response answer(Throwable failure) {
        return switch (failure) {
            case ScimFault fault ->
                fault(fault.status(), fault.type(), fault.problem()).build();
            case RefusedException refused -> refused(refused);
            case AuthenticationFailedException e ->
                // SPEC: RFC 6750 §3.
                fault(
                                401,
                                null,
                                "A bearer token of the OIDC issuer for the audience obstat is needed; get one and send it")
                        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                        .build();
            case UnavailableException e -> {
                LOG.warn(e.getMessage());
                yield fault(
                                503,
                                null,
                                "The database does not answer, so that it is not known whether this was done. Send it again in a moment")
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                        .build();
            }
            default -> {
                LOG.error("A SCIM call failed for a reason that is ours", failure);
                yield fault(
                                500,
                                null,
                                "The fault is not in the request. Send it again; if that does not help, tell the operators")
                        .build();
            }
        };
    }

    private static Response refused(RefusedException refused) {
        return switch (refused.reason()) {
            case UNKNOWN -> fault(404, null, refused.getMessage()).build();
            case TAKEN -> fault(409, "uniqueness", refused.getMessage()).build();
            case INVALID -> fault(400, "invalidValue", refused.getMessage()).build();
        };
    }

    private static Response.ResponseBuilder fault(int status, @Nullable String type, @Nullable String detail) {
        var fault = new Fault(List.of(ERROR), type, String.valueOf(detail), String.valueOf(status));
        return Response.status(status).entity(Json.write(fault)).type(MEDIA_TYPE);
    }
}
