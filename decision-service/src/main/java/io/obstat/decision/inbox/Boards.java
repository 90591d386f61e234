package io.obstat.decision.inbox;

import io.obstat.contracts.ActionId;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.Approvals.Page;
import io.obstat.decision.reactive.Waiting;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what the inbox shows. */
@ApplicationScoped
class Boards {

    private static final int DECIDED_LATELY = 15;

    private final Approvals approvals;
    private final Waiting waiting;
    private final Readers readers;

    Boards(Approvals approvals, Waiting waiting, Readers readers) {
        this.approvals = approvals;
        this.waiting = waiting;
        this.readers = readers;
    }

    Uni<Board> board(Reader reader) {
        return views(reader)
                .chain(views -> readers.knowing(reader, views.waiting())
                        .map(knowing -> Board.of(
                                views.waiting().stream().map(knowing::inList).toList(),
                                views.decided().stream().map(knowing::inList).toList(),
                                views.more())));
    }

    Uni<Board.State> state(Reader reader) {
        return views(reader)
                .map(views -> Board.State.of(Stream.of(views.waiting(), views.decided())
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

    /** However many are waiting, a page of those that wait for the reader, and of all a page. */
    private Uni<Views> views(Reader reader) {
        return waiting.on(reader.human(), reader::onPageOf, null, Approvals.LARGEST_PAGE)
                .chain(yours -> approvals
                        .pending(null, Approvals.LARGEST_PAGE)
                        .chain(all -> approvals
                                .decided(null, DECIDED_LATELY)
                                .map(decided -> Views.of(yours, all, decided.approvals()))));
    }

    /** @param waiting what waits for the reader, and then the rest */
    private record Views(List<ApprovalView> waiting, List<ApprovalView> decided, boolean more) {

        static Views of(Page yours, Page all, List<ApprovalView> decided) {
            Set<ActionId> shown =
                    yours.approvals().stream().map(ApprovalView::actionId).collect(Collectors.toSet());
            Stream<ApprovalView> rest = all.approvals().stream().filter(view -> !shown.contains(view.actionId()));
            return new Views(
                    Stream.concat(yours.approvals().stream(), rest).toList(),
                    decided,
                    yours.next() != null || all.next() != null);
        }
    }
}
