package io.obstat.decision.inbox;

import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Circumstances;
import io.obstat.decision.oidc.Caller;
import io.obstat.decision.webauthn.KeyHolder;
import io.obstat.decision.webauthn.StepUp;
import java.time.Instant;

/**
 * The person who reads the inbox, at the moment at which they do.
 *
 * @param hasKey whether they have a security key; {@code false} also as long as nothing that they see asks for one
 */
record Reader(Caller.Human human, Circumstances at, boolean hasKey) {

    Instant now() {
        return at.now();
    }

    Reader withKey() {
        return new Reader(human, at, true);
    }

    KeyHolder holder() {
        return new KeyHolder(human.authority(), person().subject());
    }

    Person person() {
        return human.person();
    }

    /** As the bar at the top shows them. */
    Party visitor() {
        return Party.of(person(), person());
    }

    /** As they are identified now. */
    Reviewer reviewerOf(ApprovalView view) {
        return human.reviewer(view.requirement());
    }

    /** As they are identified once a security key of theirs was verified. */
    Reviewer verifiedReviewerOf(ApprovalView view) {
        Reviewer signedIn = reviewerOf(view);
        return new Reviewer(signedIn.person(), signedIn.groups(), Identification.WEBAUTHN, signedIn.authority());
    }

    /** As they can be identified on this page: what they see is what they could do. */
    Reviewer onPageOf(ApprovalView view) {
        return StepUp.isAskedFor(view.requirement()) ? verifiedReviewerOf(view) : reviewerOf(view);
    }

    private Card.Key keyFor(ApprovalView view) {
        if (!StepUp.isAskedFor(view.requirement())) {
            return Card.Key.NOT_ASKED;
        }
        return hasKey ? Card.Key.ASKED : Card.Key.MISSING;
    }

    Card inList(ApprovalView view) {
        return Card.inList(view, onPageOf(view), at).with(keyFor(view));
    }

    Card onPage(ApprovalView view) {
        return Card.onPage(view, onPageOf(view), at).with(keyFor(view));
    }

    Board.State.Entry inShort(ApprovalView view) {
        return Board.State.Entry.of(view, onPageOf(view), at);
    }
}
