package io.obstat.ledger.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import io.obstat.ledger.ActionSearch;
import io.obstat.ledger.ActionView;
import io.obstat.ledger.Caller;
import io.obstat.ledger.postgres.PostgresLedger;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The ledger over HTTP: what happened to an action, and which actions there are. */
@Path("/v1/ledger/actions")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
public class LedgerResource {
    private final PostgresLedger ledger;
    private final SecurityIdentity identity;

    LedgerResource(PostgresLedger ledger, SecurityIdentity identity) {
        this.ledger = ledger;
        this.identity = identity;
    }

    /** @param next pass it as {@code cursor} to get the next page; absent on the last */
    public record Actions(
            List<ActionView> actions, @Nullable String next) {}

    @GET
    @Path("{id}")
    @Operation(
            summary = "The timeline of an action",
            description =
                    "Every ledger entry about the action, in the order in which it happened, each as a sentence and with its place in the "
                            + "log. For people in the group auditors, and for the agent that asked for the action. The views follow the ledger by a "
                            + "moment: an action that was asked for just now may need a second try.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TimelineAnswer.class)))
    @APIResponse(responseCode = "403", description = "Neither an auditor nor the agent that asked")
    @APIResponse(responseCode = "404", description = "The ledger does not know the action, or not yet")
    @APIResponse(responseCode = "503", description = "The database is away; ask again in a few seconds")
    public Uni<TimelineAnswer> timeline(@RestPath String id) {
        Caller caller = Callers.of(identity);
        return ledger.timeline(actionId(id)).map(found -> {
            if (found.isEmpty()) {
                throw Problem.notFound(
                        "The ledger has no entry about %s; check the id, or try again in a second if it is new"
                                .formatted(Quoted.of(id)));
            }
            if (!caller.mayRead(found.get().action())) {
                throw Problem.notForYou(
                        "An action's timeline is for people in the group \"auditors\" and for the agent that asked for it");
            }
            return TimelineAnswer.of(found.get());
        });
    }

    @GET
    @Operation(summary = "Search actions, newest first", description = "For people in the group auditors.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Actions.class)))
    @APIResponse(responseCode = "400", description = "A parameter is wrong; the answer names it")
    @APIResponse(responseCode = "403", description = "Not an auditor")
    @APIResponse(responseCode = "503", description = "The database is away; ask again in a few seconds")
    public Uni<Actions> actions(
            @RestQuery @DefaultValue("50") String limit,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable String agent,
            @RestQuery @Nullable String outcome,
            @RestQuery @Nullable String type,
            @RestQuery @Nullable String q) {
        if (!Callers.of(identity).mayReadAll()) {
            throw Problem.notForYou(
                    "Searching the ledger is for people in the group \"auditors\"; an agent may read the timeline of its own actions");
        }
        var search = new ActionSearch(
                agent,
                outcome,
                type,
                ActionSearch.words(q),
                ActionSearch.Cursor.parse(cursor).orElse(null),
                number("limit", limit));
        return ledger.search(search)
                .map(page -> new Actions(
                        page.actions(), page.next() == null ? null : page.next().text()));
    }

    private static ActionId actionId(String id) {
        try {
            return new ActionId(id);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound(
                    "%s is no action id; it looks like act_ and 26 letters and digits".formatted(Quoted.of(id)));
        }
    }

    private static int number(String field, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidFieldException(field, "is %s, no whole number".formatted(Quoted.of(text)));
        }
    }
}
