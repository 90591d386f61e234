package io.obstat.decision.reactive;

import io.obstat.contracts.Reviewer;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Circumstances;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.reactive.Approvals.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What waits for one person: that a group of theirs is asked for, and that their approval would count on now. */
@ApplicationScoped
public class Waiting {

    private final Approvals approvals;
    private final Situations situations;

    public Waiting(Approvals approvals, Situations situations) {
        this.approvals = approvals;
        this.situations = situations;
    }

    /**
     * The next to expire first. A page may be shorter than {@code limit}, or empty, and still have a next; see {@link Approvals#waiting}.
     *
     * @param identified who they are to an approval, as they can be identified where they would decide on it
     * @param cursor where to go on, from {@link Page#next()}; absent for the first page
     * @param limit 1 to {@value Approvals#LARGEST_PAGE}
     * @return fails with {@link IllegalArgumentException} when the limit is out of bounds, and with {@link InvalidCursorException}
     */
    public Uni<Page> on(
            Caller.Human person, Function<ApprovalView, Reviewer> identified, @Nullable String cursor, int limit) {
        return situations
                .current()
                .chain(at -> approvals.waiting(
                        groups(person, at),
                        view -> view.standing(identified.apply(view), at)
                                .eligibility()
                                .can(),
                        at.now(),
                        cursor,
                        limit));
    }

    /** What was allowed in an emergency and waits to be signed by whoever this identifies; otherwise like {@link #on}. */
    public Uni<Page> unsigned(Function<ApprovalView, Reviewer> identified, @Nullable String cursor, int limit) {
        return situations
                .current()
                .chain(at -> approvals
                        .unsigned(cursor, limit)
                        .map(page -> new Page(
                                page.approvals().stream()
                                        .filter(view -> view.standing(identified.apply(view), at)
                                                .maySign())
                                        .toList(),
                                page.next())));
    }

    /** The groups in whose name this person can decide: their own, and those of whom they stand for. */
    private static Set<String> groups(Caller.Human person, Circumstances at) {
        Reviewer reviewer = person.reviewer(null);
        // A record keeps 20 groups of a token; who is asked for more of them still finds everything.
        var groups =
                new TreeSet<>(at.roster().knows(reviewer) ? at.roster().groups(reviewer) : Set.copyOf(person.groups()));
        at.roster().standsFor(reviewer, at.now()).forEach(member -> groups.addAll(member.groups()));
        return groups;
    }
}
