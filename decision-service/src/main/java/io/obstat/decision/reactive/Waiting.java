package io.obstat.decision.reactive;

import io.obstat.decision.ApprovalView;
import io.obstat.decision.Circumstances;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.reactive.Approvals.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
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
     * @param cursor where to go on, from {@link Page#next()}; absent for the first page
     * @param limit 1 to {@value Approvals#LARGEST_PAGE}
     * @throws IllegalArgumentException when the cursor is none of ours or the limit is out of bounds
     */
    public Uni<Page> on(Caller.Human person, @Nullable String cursor, int limit) {
        Circumstances at = situations.latest();
        return approvals.waiting(groupsOf(person), view -> countsOn(view, person, at), at.now(), cursor, limit);
    }

    /** The groups in whose name this person can decide: those of their token. */
    private static Set<String> groupsOf(Caller.Human person) {
        return Set.copyOf(person.groups());
    }

    private static boolean countsOn(ApprovalView view, Caller.Human person, Circumstances at) {
        return view.eligibilityOf(person.reviewer(view.requirement()), at).can();
    }
}
