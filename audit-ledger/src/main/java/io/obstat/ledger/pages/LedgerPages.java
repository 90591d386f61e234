package io.obstat.ledger.pages;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import io.obstat.ledger.ActionSearch;
import io.obstat.ledger.Caller;
import io.obstat.ledger.UnavailableException;
import io.obstat.ledger.http.Callers;
import io.obstat.ledger.postgres.PostgresLedger;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The pages under {@code /ledger}. They show, and change nothing. Who gets no page gets one that says why, in HTML: they are in a browser. */
@Path("/ledger")
@Authenticated
@Produces(MediaType.TEXT_HTML)
public class LedgerPages {
    private static final Logger LOG = Logger.getLogger(LedgerPages.class);
    private static final int PAGE = 50;

    private final PostgresLedger ledger;
    private final SecurityIdentity identity;

    LedgerPages(PostgresLedger ledger, SecurityIdentity identity) {
        this.ledger = ledger;
        this.identity = identity;
    }

    /** Checked against the templates when this is built. */
    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance actions(Visitor visitor, SearchForm form, ActionsShown shown);

        static native TemplateInstance action(Visitor visitor, TimelineShown shown);

        static native TemplateInstance refused(Visitor visitor, String title, String detail);
    }

    /** @param name how they are called: the OIDC subject */
    record Visitor(String name) {}

    @GET
    public Uni<Response> search(
            @RestQuery @Nullable String q, @RestQuery @Nullable String outcome, @RestQuery @Nullable String cursor) {
        Caller caller = Callers.of(identity);
        if (!caller.mayReadAll()) {
            return Uni.createFrom().item(notForThem(caller));
        }
        var form = new SearchForm(q == null ? "" : q, outcome == null ? "" : outcome);
        ActionSearch search;
        try {
            search = new ActionSearch(
                    null,
                    form.outcome().isEmpty() ? null : form.outcome(),
                    null,
                    ActionSearch.words(q),
                    ActionSearch.Cursor.parse(cursor).orElse(null),
                    PAGE);
        } catch (InvalidFieldException e) {
            return Uni.createFrom().item(refused(caller, 400, "That search does not work", e.getMessage()));
        }
        return ledger.search(search)
                .map(page -> Html.page(200, Templates.actions(visitor(caller), form, ActionsShown.of(page, form))))
                .onFailure(UnavailableException.class)
                .recoverWithItem(failure -> away(caller, failure));
    }

    @GET
    @Path("actions/{id}")
    public Uni<Response> timeline(@RestPath String id) {
        Caller caller = Callers.of(identity);
        if (!caller.mayReadAll()) {
            return Uni.createFrom().item(notForThem(caller));
        }
        ActionId actionId;
        try {
            actionId = new ActionId(id);
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().item(unknown(caller, id));
        }
        return ledger.timeline(actionId)
                .map(found -> found.map(timeline ->
                                Html.page(200, Templates.action(visitor(caller), TimelineShown.of(timeline))))
                        .orElseGet(() -> unknown(caller, id)))
                .onFailure(UnavailableException.class)
                .recoverWithItem(failure -> away(caller, failure));
    }

    private static Response away(Caller caller, Throwable failure) {
        LOG.warn(failure.getMessage());
        return refused(
                caller,
                503,
                "The ledger cannot be read just now",
                "Its database does not answer. Nothing is lost: what happens meanwhile is shown as soon as it does. Wait a few seconds and load "
                        + "this page again; if it stays away, tell whoever operates Obstat.");
    }

    private static Response unknown(Caller caller, String id) {
        return refused(
                caller,
                404,
                "Not in the ledger",
                "The ledger has no entry about %s. Check the id; if the action is new, load this page again."
                        .formatted(Quoted.of(id)));
    }

    private static Response notForThem(Caller caller) {
        return refused(
                caller,
                403,
                "The ledger is for auditors",
                "You are signed in as %s, who is not in the group “auditors”. Sign in as someone who is, or ask for the group."
                        .formatted(visitor(caller).name()));
    }

    private static Response refused(Caller caller, int status, String title, @Nullable String detail) {
        return Html.page(status, Templates.refused(visitor(caller), title, detail == null ? "" : detail));
    }

    private static Visitor visitor(Caller caller) {
        return switch (caller) {
            case Caller.Human human -> new Visitor(human.subject());
            case Caller.Agent agent -> new Visitor(agent.id());
        };
    }
}
