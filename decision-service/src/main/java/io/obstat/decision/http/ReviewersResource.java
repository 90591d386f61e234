package io.obstat.decision.http;

import io.obstat.contracts.Person;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.json.Json;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Member;
import io.obstat.decision.Roster;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.quarkus.DecisionConfig;
import io.obstat.decision.reactive.Figures;
import io.obstat.decision.reactive.Figures.Figure;
import io.obstat.decision.reactive.Situations;
import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How people review, in figures: for those who run Obstat, and for each person about themselves. */
@Path("/v1/reviewers")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "people")
public class ReviewersResource {

    private static final Duration USUAL = Duration.ofDays(30);
    private static final String WHAT_FOR =
            "Only votes that counted are in it. A person who approves everything within seconds does not look: a median of a few seconds with an"
                    + " approval rate near 1 shows a rubber stamp. Many pending and few votes shows somebody who is asked too much.";

    private final Figures figures;
    private final Situations situations;
    private final Requests requests;
    private final Clock clock;
    private final String admins;

    ReviewersResource(Figures figures, Situations situations, Requests requests, Clock clock, DecisionConfig config) {
        this.figures = figures;
        this.situations = situations;
        this.requests = requests;
        this.clock = clock;
        this.admins = config.adminGroup();
    }

    /** @param reviewers those with the most votes first; at most 1,000 */
    record ReviewersBody(Instant since, List<ReviewerBody> reviewers) {}

    /**
     * @param person as records name them
     * @param approvalRate approvals of votes, 0 to 1; absent without votes
     * @param medianSeconds from the opening of an approval to their vote; absent without votes
     * @param p90Seconds the same for nine in ten of their votes
     * @param decided how many decisions followed at once from a vote of theirs
     * @param pending how many approvals wait for a group of theirs now
     */
    record ReviewerBody(
            Person person,
            long votes,
            long approvals,
            long rejections,
            @Nullable Double approvalRate,
            @Nullable Double medianSeconds,
            @Nullable Double p90Seconds,
            long decided,
            long pending) {

        static ReviewerBody withoutVotes(Person person, long pending) {
            return new ReviewerBody(person, 0, 0, 0, null, null, null, 0, pending);
        }

        static ReviewerBody of(Figure figure, long pending) {
            return new ReviewerBody(
                    figure.reviewer().person(),
                    figure.votes(),
                    figure.approvals(),
                    figure.rejections(),
                    (double) figure.approvals() / figure.votes(),
                    figure.median().toMillis() / 1_000.0,
                    figure.ninetieth().toMillis() / 1_000.0,
                    figure.decided(),
                    pending);
        }
    }

    @GET
    @Operation(
            summary = "Everybody's figures over a period",
            description = "For people in obstat.decision.admin-group. " + WHAT_FOR
                    + " A person whose address is known is counted once, in whatever channel they review.",
            operationId = "reviewers")
    @APIResponse(
            responseCode = "200",
            description = "Those who have voted, and those of the directory who have not and are asked now",
            content = @Content(schema = @Schema(implementation = ReviewersBody.class)))
    @APIResponse(responseCode = "403", description = "The caller is no admin; see /v1/reviewers/me")
    @APIResponse(responseCode = "400", description = "since is no time, before 1970, or yet to come")
    public Uni<Response> reviewers(
            @Parameter(description = "From when on, ISO 8601; 30 days ago by default") @QueryParam("since") @Nullable
                    String since) {
        Caller.Human caller = requests.person();
        Instant from = since(since);
        return situations
                .current()
                .invoke(at -> requireAdmin(caller, at))
                .chain(at -> figures.since(from)
                        .chain(found -> figures.asked(at.now())
                                .map(asked -> silent(asked, found, at.roster()))
                                .chain(silent -> bodies(found, silent, at)))
                        .map(bodies -> Response.ok(Json.write(new ReviewersBody(from, bodies)))
                                .build()));
    }

    @GET
    @Path("/me")
    @Operation(summary = "The caller's own figures over a period", description = WHAT_FOR, operationId = "ownFigures")
    @APIResponse(
            responseCode = "200",
            description = "The caller's figures",
            content = @Content(schema = @Schema(implementation = ReviewerBody.class)))
    @APIResponse(responseCode = "400", description = "since is no time, before 1970, or yet to come")
    public Uni<Response> me(
            @Parameter(description = "From when on, ISO 8601; 30 days ago by default") @QueryParam("since") @Nullable
                    String since) {
        Reviewer caller = requests.person().reviewer(null);
        Instant from = since(since);
        return situations
                .current()
                .chain(at -> figures.own(from, at.roster().proofs(caller))
                        .chain(found -> figures.pending(List.of(at.roster().groups(caller)), at.now())
                                .map(pending -> own(caller, found, pending.getFirst()))))
                .map(body -> Response.ok(Json.write(body)).build());
    }

    /** Those who are asked and have not voted, as far as there is room for them. */
    private static List<Member> silent(List<String> asked, List<Figure> found, Roster roster) {
        Set<String> voters = found.stream()
                .map(figure -> roster.member(figure.reviewer()))
                .flatMap(Optional::stream)
                .map(Member::id)
                .collect(Collectors.toSet());
        return asked.stream()
                .filter(id -> !voters.contains(id))
                .map(roster::member)
                .flatMap(Optional::stream)
                .limit(Figures.MOST - found.size())
                .toList();
    }

    private Uni<List<ReviewerBody>> bodies(List<Figure> found, List<Member> silent, Circumstances at) {
        List<Set<String>> groups = Stream.concat(
                        found.stream().map(figure -> at.roster().groups(figure.reviewer())),
                        silent.stream().map(Member::groups))
                .toList();
        return figures.pending(groups, at.now())
                .map(pending -> IntStream.range(0, groups.size())
                        .mapToObj(i -> i < found.size()
                                ? ReviewerBody.of(found.get(i), pending.get(i))
                                : ReviewerBody.withoutVotes(
                                        silent.get(i - found.size()).person(), pending.get(i)))
                        .toList());
    }

    private static ReviewerBody own(Reviewer caller, Optional<Figure> found, long pending) {
        return found.map(figure -> ReviewerBody.of(figure, pending))
                .orElseGet(() -> ReviewerBody.withoutVotes(caller.person(), pending));
    }

    private void requireAdmin(Caller.Human caller, Circumstances at) {
        // With the one group of the token that counts here: a reviewer has 20 at most.
        List<String> groups = caller.groups().contains(admins) ? List.of(admins) : List.of();
        var reviewer = new Reviewer(caller.person(), groups, caller.identifiedBy(), caller.authority());
        if (!at.roster().groups(reviewer).contains(admins)) {
            throw new ForbiddenException(
                    "Only people in %s see everybody's figures. Your own are at /v1/reviewers/me.".formatted(admins));
        }
    }

    private Instant since(@Nullable String since) {
        Instant now = clock.instant();
        if (since == null) {
            return now.minus(USUAL);
        }
        try {
            Instant from = Instant.parse(since);
            if (from.isAfter(now) || from.isBefore(Instant.EPOCH)) {
                throw new InvalidRequestException(
                        "since",
                        "is %s; it must be from 1970 on and not yet to come, and without it the last %d days are told"
                                .formatted(from, USUAL.toDays()));
            }
            return from;
        } catch (DateTimeException e) {
            throw new InvalidRequestException(
                    "since", "must be a time such as 2026-11-01T00:00:00Z, got " + Quoted.of(since));
        }
    }
}
