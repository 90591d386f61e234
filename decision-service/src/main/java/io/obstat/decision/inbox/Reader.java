package io.obstat.decision.inbox;

import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Circumstances;
import io.obstat.decision.oidc.Caller;
import java.time.Instant;

/** The person who reads the inbox, at the moment at which they do. */
record Reader(Caller.Human human, Circumstances at) {

    Instant now() {
        return at.now();
    }

    Person person() {
        return human.person();
    }

    /** As the bar at the top shows them. */
    Party visitor() {
        return Party.of(person(), person());
    }

    Reviewer reviewerOf(ApprovalView view) {
        return human.reviewer(view.requirement());
    }

    Card inList(ApprovalView view) {
        return Card.inList(view, reviewerOf(view), at);
    }

    Card onPage(ApprovalView view) {
        return Card.onPage(view, reviewerOf(view), at);
    }

    Board.State.Entry inShort(ApprovalView view) {
        return Board.State.Entry.of(view, reviewerOf(view), at);
    }
}
