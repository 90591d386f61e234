package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.contracts.event.ReviewRefused;

/**
 * Something that came to pass, to be published.
 *
 * @param id derived from what brought it about, so that it is the same in every retry
 */
public record Fact(EventId id, ActionEvent event) {

    /** An action is opened once. */
    static Fact of(ApprovalOpened opened) {
        return fact(opened, opened.actionId().value());
    }

    static Fact of(ReviewRecorded recorded) {
        return fact(
                recorded, recorded.actionId().value(), recorded.review().id().value());
    }

    static Fact of(ReviewRefused refused) {
        return fact(refused, refused.actionId().value(), refused.review().id().value());
    }

    // INVARIANT: OneTerminalDecision. The id depends on the action alone, so a reader takes a second decision for a
    // repeat.
    static Fact of(Decision decision) {
        return fact(decision, decision.actionId().value());
    }

    static Fact of(GrantRedeemed redeemed) {
        return fact(redeemed, redeemed.grant().value());
    }

    static Fact of(ActionExecuted executed) {
        return fact(executed, executed.grant().value());
    }

    /** @param number of this misuse among those of the grant; each attempt is an event of its own */
    static Fact of(GrantMisused misused, int number) {
        return fact(misused, misused.grant().value(), String.valueOf(number));
    }

    /** The action that this is about. */
    public ActionId actionId() {
        return event.actionId();
    }

    private static Fact fact(ActionEvent event, String... causes) {
        return new Fact(EventId.derive(EventType.of(event).wireName(), causes), event);
    }
}
