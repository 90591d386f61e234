package io.obstat.intake.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.json.Json;
import io.obstat.intake.Caller;
import io.obstat.intake.Intake;
import io.obstat.intake.StoredAction;
import io.obstat.intake.quarkus.IntakeConfig;
import io.obstat.intake.reactive.Acceptance;
import io.obstat.intake.reactive.Actions;
import io.obstat.intake.reactive.DecisionWaits;
import io.obstat.intake.reactive.DecisionWaits.Wait;
import io.obstat.intake.reactive.EventLoop;
import io.obstat.intake.reactive.UnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** What is said of an action that is kept. */
@ApplicationScoped
class Answers {

    private final Actions actions;
    private final Acceptance acceptance;
    private final DecisionWaits waits;
    private final URI decisionService;

    Answers(Actions actions, Acceptance acceptance, DecisionWaits waits, IntakeConfig config) {
        this.actions = actions;
        this.acceptance = acceptance;
        this.waits = waits;
        this.decisionService = config.decisionServiceUrl();
    }

    /** The same for an action that was asked before and may be decided. */
    Uni<RestResponse<byte[]>> repeated(StoredAction action, Optional<Duration> wait) {
        return action.decision() == null || wait.isEmpty()
                // The decision may have come after the row was read and before the place is taken, so the row is read
                // again.
                ? accepted(action, wait, this::current)
                : acceptance.publish(action).map(published -> waited(published, wait.get()));
    }

    /** 202 once Kafka has it; 200 with the decision if one comes while the caller wants to wait. */
    Uni<RestResponse<byte[]>> accepted(StoredAction action, Optional<Duration> wait) {
        return accepted(action, wait, Uni.createFrom()::item);
    }

    /** @param look what is known of the action once the place is taken */
    private Uni<RestResponse<byte[]>> accepted(
            StoredAction action, Optional<Duration> wait, Function<StoredAction, Uni<StoredAction>> look) {
        // The place is taken before the request goes out, so that no decision is too fast for it.
        Optional<Wait> place = wait.flatMap(duration -> waits.open(action.id()));
        Uni<StoredAction> published = acceptance.publish(action);
        if (wait.isEmpty() || place.isEmpty()) {
            return published.map(it -> accepted(it).build());
        }
        return published
                .chain(look::apply)
                .chain(it -> decided(it, place.get(), wait.get()))
                .onTermination()
                .invoke(place.get()::close)
                .map(it -> waited(it, wait.get()));
    }

    /** 200 with everything, for those who may see it. */
    Uni<RestResponse<byte[]>> look(ActionId id, Caller caller) {
        return actions.find(id)
                .map(found -> found.filter(action -> Intake.maySee(action, caller))
                        .map(action -> ok(
                                caller instanceof Caller.Agent
                                        ? ActionView.whole(action, decisionService)
                                        : ActionView.wholeForPeople(action, decisionService)))
                        .orElseGet(() -> unknown(id.value()).response()));
    }

    static Problem unknown(String id) {
        return Problem.notFound(
                "There is no action %s of yours; check the id, which has the form act_ and 26 letters and digits."
                        .formatted(Quoted.of(id)));
    }

    static Problem decided(StoredAction action) {
        return Problem.decided(
                "The action %s is decided, which nothing takes back; read the decision with GET %s, and do not redeem its grant."
                        .formatted(action.id(), ActionView.self(action.id())));
    }

    private Uni<StoredAction> decided(StoredAction action, Wait place, Duration wait) {
        if (action.decision() != null) {
            return Uni.createFrom().item(action);
        }
        return Uni.createFrom()
                .completionStage(place::decision)
                .map(action::decided)
                .ifNoItem()
                .after(wait)
                .recoverWithUni(() -> current(action))
                .emitOn(EventLoop.ofCaller());
    }

    /** What another instance may have read meanwhile. The action is kept, whether or not the database answers now. */
    private Uni<StoredAction> current(StoredAction action) {
        return actions.find(action.id())
                .map(found -> found.orElse(action))
                .onFailure(UnavailableException.class)
                .recoverWithItem(action);
    }

    private RestResponse<byte[]> waited(StoredAction action, Duration wait) {
        ResponseBuilder<byte[]> response = action.decision() == null
                ? accepted(action)
                : json(Status.OK, ActionView.decided(action, decisionService));
        // SPEC: RFC 7240 §3.
        return response.header("Preference-Applied", "wait=" + wait.toSeconds()).build();
    }

    private ResponseBuilder<byte[]> accepted(StoredAction action) {
        // Not location(), which would ask for the request, and that may be over.
        return json(Status.ACCEPTED, ActionView.brief(action, decisionService))
                .header(HttpHeaders.LOCATION, ActionView.self(action.id()).toString());
    }

    private static RestResponse<byte[]> ok(ActionView view) {
        return json(Status.OK, view).build();
    }

    private static ResponseBuilder<byte[]> json(Status status, ActionView view) {
        return ResponseBuilder.create(status, Json.write(view)).type(MediaType.APPLICATION_JSON_TYPE);
    }
}
