package io.obstat.decision.inbox;

import io.obstat.decision.ApprovalView;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The inbox, to be read. Decisions come in by {@link ReviewForm}; {@link InboxEvents} says when to look again. */
@Path("/inbox")
@Produces(MediaType.TEXT_HTML)
public class InboxPages {

    private final Boards boards;
    private final Readers readers;

    InboxPages(Boards boards, Readers readers) {
        this.boards = boards;
        this.readers = readers;
    }

    /** What waits for the reader first, the rest below. */
    @GET
    @Operation(hidden = true)
    public Uni<RestResponse<String>> board() {
        Reader reader = readers.current();
        return boards.board(reader)
                .chain(board -> Pages.html(Status.OK, Templates.board(board, reader.visitor(), Pages.newKey())))
                .onFailure()
                .recoverWithUni(Pages::unavailable);
    }

    /** Everything about one request. */
    @GET
    @Path("{id}")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> request(@RestPath String id) {
        Reader reader = readers.current();
        return page(
                id,
                reader,
                (knowing, view) -> Templates.request(knowing.onPage(view), null, reader.visitor(), Pages.newKey()));
    }

    /** One card of the list as it is now, to be put in place of its older self. */
    @GET
    @Path("{id}/card")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> card(@RestPath String id) {
        Reader reader = readers.current();
        return page(id, reader, (knowing, view) -> Templates.card(knowing.inList(view), null, Pages.newKey(), false));
    }

    /**
     * What a page compares itself with.
     *
     * @param of one action's id, for that action alone
     */
    @GET
    @Path("state")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Board.State> state(@RestQuery @Nullable String of) {
        Reader reader = readers.current();
        return of == null
                ? boards.state(reader)
                : boards.find(of)
                        .map(found -> Board.State.of(
                                found.map(reader::inShort).map(List::of).orElse(List.of())));
    }

    @GET
    @Path("signed-out")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> signedOut() {
        return Pages.html(Status.OK, Templates.signedOut());
    }

    private Uni<RestResponse<String>> page(
            String id, Reader reader, BiFunction<Reader, ApprovalView, TemplateInstance> template) {
        return boards.find(id)
                .chain(found -> found.map(view -> readers.knowing(reader, List.of(view))
                                .chain(knowing -> Pages.html(Status.OK, template.apply(knowing, view))))
                        .orElseGet(Pages::unknown))
                .onFailure()
                .recoverWithUni(Pages::unavailable);
    }
}
