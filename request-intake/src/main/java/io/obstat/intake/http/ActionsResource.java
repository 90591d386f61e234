package io.obstat.intake.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Verified;
import io.obstat.intake.ActionRequestBody;
import io.obstat.intake.Admission;
import io.obstat.intake.AgentRegistry;
import io.obstat.intake.FieldError;
import io.obstat.intake.IdempotencyKey;
import io.obstat.intake.Reception;
import io.obstat.intake.Withdrawal;
import io.obstat.intake.json.ReasonReader;
import io.obstat.intake.json.RequestReader;
import io.obstat.intake.reactive.Acceptance;
import io.obstat.intake.reactive.Traces;
import io.obstat.intake.reactive.UnavailableException;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /v1/actions}: ask for an action, look at it, take it back. Documented in {@code META-INF/openapi.yaml}. */
@Path("/v1/actions")
@Authenticated
public class ActionsResource {

    private final CurrentCaller caller;
    private final AgentRegistry registry;
    private final Acceptance acceptance;
    private final Answers answers;
    private final Dpop dpop;

    ActionsResource(CurrentCaller caller, AgentRegistry registry, Acceptance acceptance, Answers answers, Dpop dpop) {
        this.caller = caller;
        this.registry = registry;
        this.acceptance = acceptance;
        this.answers = answers;
        this.dpop = dpop;
    }

    @POST
    public Uni<RestResponse<byte[]>> request(byte[] body, @Context HttpHeaders headers) {
        return asAgent(agent -> {
            Optional<Problem> unreadable = unreadable(body, headers);
            return unreadable.isPresent()
                    ? answer(unreadable.get())
                    : switch (RequestReader.read(body)) {
                        case RequestReader.Read.Malformed malformed -> answer(Problem.invalid(malformed.errors()));
                        case RequestReader.Read.Request request -> bound(agent, request.body(), headers);
                    };
        });
    }

    @GET
    @Path("/{id}")
    public Uni<RestResponse<byte[]>> look(String id) {
        Optional<ActionId> actionId = actionId(id);
        return actionId.isEmpty() ? answer(Answers.unknown(id)) : answers.look(actionId.get(), caller.get());
    }

    @DELETE
    @Path("/{id}")
    public Uni<RestResponse<byte[]>> withdraw(String id, byte[] body, @Context HttpHeaders headers) {
        return asAgent(agent -> {
            Optional<ActionId> actionId = actionId(id);
            Optional<Problem> unreadable = body.length == 0 ? Optional.empty() : unreadable(body, headers);
            if (actionId.isEmpty() || unreadable.isPresent()) {
                return answer(unreadable.orElseGet(() -> Answers.unknown(id)));
            }
            return switch (ReasonReader.read(body)) {
                case ReasonReader.Read.Malformed malformed -> answer(Problem.invalid(malformed.errors()));
                case ReasonReader.Read.Reason reason ->
                    acceptance
                            .withdraw(actionId.get(), agent.agent(), reason.reason())
                            .chain(this::answer);
            };
        });
    }

    /** What is refused for its own sake uses no proof up. */
    private Uni<RestResponse<byte[]>> bound(Verified agent, ActionRequestBody body, HttpHeaders headers) {
        return switch (dpop.look(headers, caller.accessToken())) {
            case Dpop.Refused(FieldError error) -> answer(Problem.invalid(List.of(error)));
            case Dpop.Unproven unproven -> Uni.createFrom().item(Problems.unproven());
            case Dpop.Bound bound -> request(agent.boundTo(bound.thumbprint()), body, headers);
        };
    }

    private Uni<RestResponse<byte[]>> request(Verified agent, ActionRequestBody body, HttpHeaders headers) {
        List<String> keys = headers.getRequestHeader("Idempotency-Key");
        if (keys.size() > 1) {
            return answer(Problem.invalid(
                    List.of(new FieldError("Idempotency-Key", "is there %d times; send one".formatted(keys.size())))));
        }
        // Without a key every request is a new one.
        IdempotencyKey key = keys.isEmpty()
                ? new IdempotencyKey(UUID.randomUUID().toString())
                : IdempotencyKey.ofHeader(keys.getFirst());
        return acceptance
                .keep(agent, body, key, Traces.handedOn(headers.getHeaderString("traceparent")))
                .chain(reception -> answer(reception, headers))
                .onFailure(UnavailableException.class)
                .recoverWithItem(failure -> Problems.away((UnavailableException) failure))
                // Whoever sent no key needs it to ask again without asking twice.
                .invoke(response -> response.getHeaders().putSingle("Idempotency-Key", key.value()));
    }

    private Uni<RestResponse<byte[]>> answer(Reception reception, HttpHeaders headers) {
        return switch (reception) {
            case Reception.Accepted accepted -> answers.accepted(accepted.action(), preferredWait(headers));
            case Reception.Repeated repeated -> answers.repeated(repeated.action(), preferredWait(headers));
            case Reception.KeyReused reused -> answer(Problem.keyReused(reused.detail()));
            case Reception.Invalid invalid -> answer(Problem.invalid(List.of(invalid.error())));
        };
    }

    private Uni<RestResponse<byte[]>> answer(Withdrawal withdrawal) {
        return switch (withdrawal) {
            case Withdrawal.Withdrawn withdrawn -> answers.accepted(withdrawn.action(), Optional.empty());
            case Withdrawal.AlreadyWithdrawn withdrawn -> answers.accepted(withdrawn.action(), Optional.empty());
            case Withdrawal.AlreadyDecided decided -> answer(Answers.decided(decided.action()));
            case Withdrawal.Unknown unknown ->
                answer(Answers.unknown(unknown.id().value()));
        };
    }

    private static Uni<RestResponse<byte[]>> answer(Problem problem) {
        return Uni.createFrom().item(problem.response());
    }

    private Uni<RestResponse<byte[]>> asAgent(Function<Verified, Uni<RestResponse<byte[]>>> call) {
        return switch (Admission.of(caller.get(), registry)) {
            case Admission.Refused refused -> answer(Problem.forbidden(refused.detail()));
            case Admission.Admitted admitted -> call.apply(admitted.verified());
        };
    }

    private static Optional<Problem> unreadable(byte[] body, HttpHeaders headers) {
        MediaType type = headers.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE) || type.isWildcardType()) {
            return Optional.of(Problem.unsupportedMediaType("The Content-Type is %s; send JSON as application/json."
                    .formatted(Quoted.of(headers.getHeaderString(HttpHeaders.CONTENT_TYPE)))));
        }
        return body.length > ActionRequestBody.MOST_BYTES
                ? Optional.of(Problems.tooLarge(body.length))
                : Optional.empty();
    }

    private static Optional<Duration> preferredWait(HttpHeaders headers) {
        return Prefer.wait(headers.getRequestHeader("Prefer"));
    }

    private static Optional<ActionId> actionId(String id) {
        try {
            return Optional.of(new ActionId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
