package io.obstat.decision.inbox;

import io.obstat.contracts.ActionId;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.reactive.Approvals;
import io.obstat.decision.reactive.Approvals.Page;
import io.obstat.decision.reactive.Waiting;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
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
        return waiting.unsigned(reader::onPageOf, null, Approvals.LARGEST_PAGE)
                .chain(unsigned -> waiting.on(reader.human(), reader::onPageOf, null, Approvals.LARGEST_PAGE)
                        .chain(yours -> approvals
                                .pending(null, Approvals.LARGEST_PAGE)
                                .chain(all -> approvals
                                        .decided(null, DECIDED_LATELY)
                                        .map(decided -> Views.of(unsigned, yours, all, decided.approvals())))));
    }

    /** @param waiting what waits for the reader, what they have to sign first, and then the rest */
    private record Views(List<ApprovalView> waiting, List<ApprovalView> decided, boolean more) {

        static Views of(Page unsigned, Page yours, Page all, List<ApprovalView> decided) {
            // By its id each stands on the page once, where it stands first.
            var waiting = new LinkedHashMap<ActionId, ApprovalView>();
            Stream.of(unsigned, yours, all)
                    .flatMap(page -> page.approvals().stream())
                    .forEach(view -> waiting.putIfAbsent(view.actionId(), view));
            return new Views(
                    List.copyOf(waiting.values()),
                    decided.stream()
                            .filter(view -> !waiting.containsKey(view.actionId()))
                            .toList(),
                    unsigned.next() != null || yours.next() != null || all.next() != null);
        }
    }
}
