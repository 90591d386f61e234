package io.obstat.decision.http;

import io.obstat.contracts.Reviewer;
import io.obstat.contracts.json.Json;
import io.obstat.decision.Member;
import io.obstat.decision.Roster;
import io.obstat.decision.directory.Absences;
import io.obstat.decision.directory.StandIn;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.reactive.Rosters;
import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where a person says who stands for them while they are away. */
@Path("/v1/me/delegation")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "people")
public class DelegationResource {

    private final Absences absences;
    private final Rosters rosters;
    private final Requests requests;
    private final Clock clock;

    DelegationResource(Absences absences, Rosters rosters, Requests requests, Clock clock) {
        this.absences = absences;
        this.rosters = rosters;
        this.requests = requests;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Who stands for the caller", operationId = "delegation")
    @APIResponse(responseCode = "200", description = "Who, from when until when")
    @APIResponse(responseCode = "404", description = "Nobody")
    public Uni<Response> delegation() {
        Reviewer caller = reviewer(requests.person());
        return rosters.current()
                .chain(roster -> absences.of(member(roster, caller).id()))
                .map(absence -> absence.map(
                                found -> Response.ok(Json.write(found)).build())
                        .orElseGet(() -> Problem.notFound("Nobody stands for you. Name somebody with a PUT.")
                                .response()));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Let a colleague stand for the caller for a while, in place of who did",
            description = "At most 90 days. They are named by OIDC subject or e-mail address, as the directory has it.",
            operationId = "delegate")
    @APIResponse(responseCode = "200", description = "They do")
    @APIResponse(responseCode = "400", description = "Not these dates, or not this colleague; errors says which field")
    public Uni<Response> delegate(
            @RequestBody(content = @Content(schema = @Schema(implementation = StandIn.class))) byte @Nullable [] body) {
        Reviewer caller = reviewer(requests.person());
        StandIn sent = Requests.body(body, StandIn.class);
        return rosters.current()
                .map(roster -> sent.of(member(roster, caller), roster, clock.instant()))
                .chain(delegation -> absences.begin(delegation, sent.reason()))
                .map(absence -> Response.ok(Json.write(absence)).build());
    }

    @DELETE
    @Operation(summary = "Let nobody stand for the caller", operationId = "endDelegation")
    @APIResponse(responseCode = "204", description = "Nobody does")
    public Uni<Response> end() {
        Reviewer caller = reviewer(requests.person());
        return rosters.current()
                .chain(roster -> absences.end(member(roster, caller).id()))
                .map(ended -> Response.noContent().build());
    }

    private static Reviewer reviewer(Caller.Human caller) {
        return new Reviewer(caller.person(), List.of(), caller.identifiedBy(), caller.authority());
    }

    private static Member member(Roster roster, Reviewer caller) {
        return roster.member(caller)
                .filter(Member::active)
                .orElseThrow(
                        () -> new ForbiddenException(
                                "The directory does not have you, so nobody can stand for you. Ask whoever looks after it to add your OIDC subject."));
    }
}
