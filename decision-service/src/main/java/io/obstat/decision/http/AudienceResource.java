package io.obstat.decision.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.json.Json;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Audience;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Member;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Standing;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.quarkus.DecisionConfig;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.Situations;
import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where whoever tells people asks the directory whom to tell, and what to offer whom. Nothing is decided here. */
@Path("/v1/approvals/{actionId}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "notifiers")
public class AudienceResource {

    private static final int MOST_OF_A_GROUP = 101;
    private static final Pattern CHAT = Pattern.compile("(slack|entra):.+");
    private static final String NOT_A_NOTIFIER =
            "The caller is not in the group of notifiers (obstat.decision.notifier-group)";

    private final Approvals approvals;
    private final Situations situations;
    private final Requests requests;
    private final String notifiers;

    AudienceResource(Approvals approvals, Situations situations, Requests requests, DecisionConfig config) {
        this.approvals = approvals;
        this.situations = situations;
        this.requests = requests;
        this.notifiers = config.notifierGroup();
    }

    /**
     * @param people who are asked, by their id in the directory; of a group that more than 100 are asked in, 101
     * @param requester whom the agent acts for, or else its owner; absent when the directory does not know them
     */
    record AudienceBody(List<AskedBody> people, @Nullable KeysBody requester) {

        static AudienceBody of(Audience audience) {
            return new AudienceBody(
                    audience.someOfEach(MOST_OF_A_GROUP).stream()
                            .map(AskedBody::of)
                            .toList(),
                    audience.requester().map(KeysBody::of).orElse(null));
        }
    }

    /** @param groups those that are asked and in whose name they have a say */
    record AskedBody(String id, Set<String> groups, KeysBody keys) {

        static AskedBody of(Audience.Asked asked) {
            return new AskedBody(asked.member().id(), asked.groups(), KeysBody.of(asked.member()));
        }
    }

    /**
     * By which keys channels know somebody, each in order.
     *
     * @param slack {@code <team>/<user>}
     * @param entra {@code <tenant>/<object id>}
     */
    record KeysBody(List<String> slack, List<String> entra, List<String> email) {

        static KeysBody of(Member member) {
            return new KeysBody(keys(member, Channel.SLACK), keys(member, Channel.ENTRA), keys(member, Channel.EMAIL));
        }

        private static List<String> keys(Member member, Channel channel) {
            return member.identities().stream()
                    .filter(identity -> identity.channel() == channel)
                    .map(Member.Identity::value)
                    .sorted()
                    .toList();
        }
    }

    /**
     * @param verbs what they could do now with a click in a chat
     * @param why what to tell them: what is missing, or why they cannot approve
     */
    record StandingBody(List<Verb> verbs, String why) {

        static StandingBody of(Standing standing) {
            return new StandingBody(standing.verbs(), standing.eligibility().why());
        }
    }

    @GET
    @Path("/audience")
    @Operation(
            summary = "Who is to be told of an action",
            description =
                    "For notifiers. Those of the directory who are asked, each with the groups in whose name, and by which keys channels"
                            + " know them; never those whose own it is. And whoever waits for how it ends.",
            operationId = "audience")
    @APIResponse(
            responseCode = "200",
            description = "The audience, as the directory has it now",
            content = @Content(schema = @Schema(implementation = AudienceBody.class)))
    @APIResponse(responseCode = "403", description = NOT_A_NOTIFIER)
    @APIResponse(responseCode = "404", description = "There is no approval with this id, or not yet")
    public Uni<Response> audience(@PathParam("actionId") String actionId) {
        requireNotifier();
        return answer(actionId, (view, at) -> AudienceBody.of(view.audience(at)));
    }

    @GET
    @Path("/standing")
    @Operation(
            summary = "What a user of a chat could do about an action",
            description = "For notifiers: what to offer this user. What they then do is judged when they do it.",
            operationId = "standing")
    @APIResponse(
            responseCode = "200",
            description = "What they could do now",
            content = @Content(schema = @Schema(implementation = StandingBody.class)))
    @APIResponse(responseCode = "400", description = "authority or subject is not in order; errors says which")
    @APIResponse(responseCode = "403", description = NOT_A_NOTIFIER)
    @APIResponse(responseCode = "404", description = "There is no approval with this id, or not yet")
    public Uni<Response> standing(
            @PathParam("actionId") String actionId,
            @Parameter(description = "slack:<team> or entra:<tenant>", required = true)
                    @QueryParam("authority")
                    @Nullable
                    String authority,
            @Parameter(description = "The user there: a user id, or an object id", required = true)
                    @QueryParam("subject")
                    @Nullable
                    String subject) {
        requireNotifier();
        Reviewer reviewer = reviewer(authority, subject);
        return answer(actionId, (view, at) -> StandingBody.of(view.standing(reviewer, at)));
    }

    private Uni<Response> answer(String actionId, BiFunction<ApprovalView, Circumstances, Object> body) {
        ActionId id = Requests.actionId(actionId);
        return situations
                .current()
                .chain(at -> approvals
                        .find(id)
                        .map(view -> view.map(found -> Response.ok(Json.write(body.apply(found, at)))
                                        .build())
                                .orElseGet(() -> ReviewDoor.notFound(id).response())));
    }

    private static Reviewer reviewer(@Nullable String authority, @Nullable String subject) {
        if (authority == null || !CHAT.matcher(authority).matches()) {
            throw new InvalidRequestException(
                    "authority",
                    "must be slack:<team> or entra:<tenant>, got %s".formatted(Quoted.of(String.valueOf(authority))));
        }
        return new Reviewer(
                new Person(subject == null ? "" : subject, null), List.of(), Identification.CHAT, authority);
    }

    private void requireNotifier() {
        if (!(requests.caller() instanceof Caller.Human human && human.groups().contains(notifiers))) {
            throw new ForbiddenException(
                    "Whom to tell is told to the group %s, which this token does not name, or it is an agent's."
                            .formatted(notifiers));
        }
    }
}
