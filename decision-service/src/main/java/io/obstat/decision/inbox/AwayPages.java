package io.obstat.decision.inbox;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.decision.Roster.Member;
import io.obstat.decision.directory.Absences;
import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.directory.StandIn;
import io.obstat.decision.reactive.Rosters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Where a person says who stands for them while they are away. */
@Path("/inbox/away")
@Produces(MediaType.TEXT_HTML)
public class AwayPages {

    private final Absences absences;
    private final Rosters rosters;
    private final Readers readers;

    AwayPages(Absences absences, Rosters rosters, Readers readers) {
        this.absences = absences;
        this.rosters = rosters;
        this.readers = readers;
    }

    @GET
    @Operation(hidden = true)
    public Uni<RestResponse<String>> away() {
        Reader reader = readers.current();
        return page(Status.OK, reader, null).onFailure().recoverWithUni(Pages::unavailable);
    }

    /**
     * Somebody stands for the reader from now on, in place of who did.
     *
     * @param since as {@code 2026-11-28T09:00}, in UTC
     * @param until the same
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<RestResponse<String>> begin(
            @RestForm @Nullable String to,
            @RestForm @Nullable String since,
            @RestForm @Nullable String until,
            @RestForm @Nullable String reason) {
        Reader reader = readers.current();
        return changed(
                reader,
                member -> rosters.current()
                        .map(roster -> new StandIn(
                                        to == null ? "" : to.strip(),
                                        moment("since", since),
                                        moment("until", until),
                                        reason == null || reason.isBlank() ? null : reason.strip())
                                .of(member, roster, reader.now()))
                        .chain(delegation ->
                                absences.begin(delegation, reason == null || reason.isBlank() ? null : reason.strip()))
                        .replaceWithVoid());
    }

    /** Nobody does any more. */
    @POST
    @Path("end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<RestResponse<String>> end() {
        return changed(readers.current(), member -> absences.end(member.id()));
    }

    private Uni<RestResponse<String>> changed(Reader reader, Function<Member, Uni<Void>> change) {
        return member(reader)
                .chain(member -> member.map(found -> change.apply(found).chain(() -> Pages.seeOther("/inbox/away")))
                        .orElseGet(() -> page(Status.FORBIDDEN, reader, null)))
                .onFailure(InvalidFieldException.class)
                .recoverWithUni(e -> page(
                        Status.BAD_REQUEST,
                        reader,
                        refused(((InvalidFieldException) e).field(), ((InvalidFieldException) e).problem())))
                .onFailure(RefusedException.class)
                .recoverWithUni(e -> page(
                        Status.CONFLICT,
                        reader,
                        refused(((RefusedException) e).field(), ((RefusedException) e).problem())))
                .onFailure()
                .recoverWithUni(Pages::unavailable);
    }

    private static Reply refused(String name, String problem) {
        String field = switch (name) {
            case "to" -> "The colleague";
            case "since" -> "The first moment";
            case "until" -> "The last moment";
            default -> "The reason";
        };
        return Reply.refused("%s %s. Nothing was changed.".formatted(field, problem));
    }

    private static Instant moment(String field, @Nullable String sent) {
        try {
            return LocalDateTime.parse(String.valueOf(sent)).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new InvalidFieldException(field, "is no date and time, such as 2026-11-28T09:00");
        }
    }

    private Uni<Optional<Member>> member(Reader reader) {
        return rosters.current()
                .map(roster -> roster.member(reader.human().reviewer(null)).filter(Member::active));
    }

    private Uni<RestResponse<String>> page(Status status, Reader reader, @Nullable Reply reply) {
        return member(reader)
                .chain(member -> member.map(found -> absences.of(found.id())
                                .map(absence -> new AwayPage(
                                        true, absence.map(AwayPage.Line::of).orElse(null))))
                        .orElseGet(() -> Uni.createFrom().item(new AwayPage(false, null))))
                .chain(away -> Pages.html(status, Templates.away(away, reply, reader.visitor())));
    }
}
