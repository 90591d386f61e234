package io.obstat.decision.inbox;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.decision.Member;
import io.obstat.decision.Roster.Delegation;
import io.obstat.decision.directory.Absences;
import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.directory.StandIn;
import io.obstat.decision.reactive.Rosters;
import io.obstat.decision.webauthn.KeyRing;
import io.obstat.decision.webauthn.Occasion;
import io.obstat.decision.webauthn.Refusal;
import io.obstat.decision.webauthn.StepUp;
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

/** Where a person says who stands for them while they are away. Who has a security key needs it for that, and never to end it. */
@Path("/inbox/away")
@Produces(MediaType.TEXT_HTML)
public class AwayPages {

    private final Absences absences;
    private final Rosters rosters;
    private final Readers readers;
    private final KeyRing keys;
    private final StepUp stepUp;

    AwayPages(Absences absences, Rosters rosters, Readers readers, KeyRing keys, StepUp stepUp) {
        this.absences = absences;
        this.rosters = rosters;
        this.readers = readers;
        this.keys = keys;
        this.stepUp = stepUp;
    }

    /** What the form sends; the times as {@code 2026-11-28T09:00}, in UTC. */
    public static class Fields {
        @RestForm
        @Nullable
        String to;

        @RestForm
        @Nullable
        String since;

        @RestForm
        @Nullable
        String until;

        @RestForm
        @Nullable
        String reason;

        /** What a security key answered, where one is asked for. */
        @RestForm
        @Nullable
        String assertion;

        private StandIn read() {
            return new StandIn(
                    to == null ? "" : to.strip(),
                    moment("since", since),
                    moment("until", until),
                    reason == null || reason.isBlank() ? null : reason.strip());
        }
    }

    /** A stand-in as the form names them. */
    private record Named(Delegation delegation, @Nullable String reason) {

        Occasion occasion() {
            return new Occasion.NamingStandIn(delegation.to(), delegation.since(), delegation.until(), reason);
        }
    }

    @GET
    @Operation(hidden = true)
    public Uni<RestResponse<String>> away() {
        Reader reader = readers.current();
        return page(Status.OK, reader, null).onFailure().recoverWithUni(Pages::unavailable);
    }

    /** Says which security keys to ask before somebody is named. */
    @POST
    @Path("step-up")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<KeyQuestion> beginToName(Fields fields) {
        Reader reader = readers.current();
        return member(reader)
                .chain(member -> member.map(found -> named(fields, found, reader)
                                .chain(named -> stepUp.begin(reader.holder(), named.occasion()))
                                .map(KeyQuestion::of))
                        .orElseGet(() -> Uni.createFrom()
                                .item(KeyQuestion.problem("The directory does not have you. Reload the page."))))
                .onFailure(InvalidFieldException.class)
                .recoverWithItem(e -> KeyQuestion.problem(sentence((InvalidFieldException) e)))
                .onFailure()
                .recoverWithItem(KeyQuestion::unavailable);
    }

    /** Somebody stands for the reader from now on, in place of who did. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<RestResponse<String>> begin(Fields fields) {
        Reader reader = readers.current();
        return changed(
                reader,
                member -> named(fields, member, reader)
                        .chain(named -> objection(reader, named, fields.assertion)
                                .call(objection -> objection.isPresent()
                                        ? Uni.createFrom().voidItem()
                                        : absences.begin(named.delegation(), named.reason()))));
    }

    /** Nobody does any more. */
    @POST
    @Path("end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<RestResponse<String>> end() {
        return changed(readers.current(), member -> absences.end(member.id()).replaceWith(Optional.<Refusal>empty()));
    }

    private Uni<Named> named(Fields fields, Member member, Reader reader) {
        return rosters.current().map(roster -> {
            StandIn wish = fields.read();
            return new Named(wish.of(member, roster, reader.now()), wish.reason());
        });
    }

    // INVARIANT: whoever has a security key here names nobody by a session alone.
    private Uni<Optional<Refusal>> objection(Reader reader, Named named, @Nullable String assertion) {
        return keys.of(reader.holder())
                .chain(registered -> registered.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : stepUp.finish(reader.holder(), named.occasion(), assertion)
                                .map(outcome -> switch (outcome) {
                                    case StepUp.Outcome.Verified verified -> Optional.empty();
                                    case StepUp.Outcome.Refused(var refusal) -> Optional.of(refusal);
                                }));
    }

    private Uni<RestResponse<String>> changed(Reader reader, Function<Member, Uni<Optional<Refusal>>> change) {
        return member(reader)
                .chain(member -> member.map(found -> change.apply(found).chain(refusal -> answer(refusal, reader)))
                        .orElseGet(() -> page(Status.FORBIDDEN, reader, null)))
                .onFailure(InvalidFieldException.class)
                .recoverWithUni(
                        e -> page(Status.BAD_REQUEST, reader, Reply.refused(sentence((InvalidFieldException) e))))
                .onFailure(RefusedException.class)
                .recoverWithUni(e -> page(
                        Status.CONFLICT,
                        reader,
                        Reply.refused(sentence(((RefusedException) e).field(), ((RefusedException) e).problem()))))
                .onFailure()
                .recoverWithUni(Pages::unavailable);
    }

    private Uni<RestResponse<String>> answer(Optional<Refusal> refusal, Reader reader) {
        return refusal.map(no -> page(Status.FORBIDDEN, reader, Reply.refused(no.sentence() + " Nothing was changed.")))
                .orElseGet(() -> Pages.seeOther("/inbox/away"));
    }

    private static String sentence(InvalidFieldException e) {
        return sentence(e.field(), e.problem());
    }

    private static String sentence(String name, String problem) {
        String field = switch (name) {
            case "to" -> "The colleague";
            case "since" -> "The first moment";
            case "until" -> "The last moment";
            default -> "The reason";
        };
        return "%s %s. Nothing was changed.".formatted(field, problem);
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

    private Uni<AwayPage> known(Member member, Reader reader) {
        return absences.of(member.id())
                .chain(absence -> keys.of(reader.holder())
                        .map(registered -> new AwayPage(
                                true, absence.map(AwayPage.Line::of).orElse(null), !registered.isEmpty())));
    }

    private Uni<RestResponse<String>> page(Status status, Reader reader, @Nullable Reply reply) {
        return member(reader)
                .chain(member -> member.map(found -> known(found, reader))
                        .orElseGet(() -> Uni.createFrom().item(new AwayPage(false, null, false))))
                .chain(away -> Pages.html(status, Templates.away(away, reply, reader.visitor())));
    }
}
