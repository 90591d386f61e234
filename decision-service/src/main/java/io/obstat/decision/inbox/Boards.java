package io.obstat.decision.inbox;

import io.obstat.contracts.ActionId;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.Approvals.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the inbox shows. */
@ApplicationScoped
class Boards {

    private static final int MOST_WAITING = 3 * Approvals.LARGEST_PAGE;
    private static final int DECIDED_LATELY = 15;

    private final Approvals approvals;
    private final Readers readers;

    Boards(Approvals approvals, Readers readers) {
        this.approvals = approvals;
        this.readers = readers;
    }

    Uni<Board> board(Reader reader) {
        return views().chain(views -> readers.knowing(reader, views.waiting())
                .map(knowing -> Board.of(
                        views.waiting().stream().map(knowing::inList).toList(),
                        views.decided().stream().map(knowing::inList).toList(),
                        views.more())));
    }

    Uni<Board.State> state(Reader reader) {
        return views().map(views -> Board.State.of(Stream.of(views.waiting(), views.decided())
                .flatMap(List::stream)
                .map(reader::inShort)
                .toList()));
    }

    /** One request; empty when there is none with this id, or this is no id. */
    Uni<Optional<ApprovalView>> find(String id) {
        try {
            return approvals.find(new ActionId(id));
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().item(Optional.empty());
        }
    }

    private Uni<Views> views() {
        return waiting(new ArrayList<>(), null)
                .chain(waiting -> approvals
                        .decided(null, DECIDED_LATELY)
                        .map(decided -> new Views(waiting.approvals(), decided.approvals(), waiting.next() != null)));
    }

    /** What waits for anybody, the next to expire first: up to {@value #MOST_WAITING}, page by page. */
    private Uni<Page> waiting(List<ApprovalView> soFar, @Nullable String cursor) {
        return approvals.pending(cursor, Approvals.LARGEST_PAGE).chain(page -> {
            soFar.addAll(page.approvals());
            return page.next() == null || soFar.size() >= MOST_WAITING
                    ? Uni.createFrom().item(new Page(soFar, page.next()))
                    : waiting(soFar, page.next());
        });
    }

    private record Views(List<ApprovalView> waiting, List<ApprovalView> decided, boolean more) {}
}
