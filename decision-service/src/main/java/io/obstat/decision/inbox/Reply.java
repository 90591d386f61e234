package io.obstat.decision.inbox;

import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.ReviewAnswer;

/**
 * What a reviewer is told right after they pressed a button.
 *
 * @param tone {@code good} when it was allowed by this, {@code bad} when it was rejected by this, {@code noted} when it counts and others
 *     are still asked, {@code refused} when it does not count
 * @param text in full sentences
 */
public record Reply(String tone, VisibleText text) {

    public boolean refused() {
        return tone.equals("refused");
    }

    static Reply refused(String text) {
        return new Reply("refused", VisibleText.of(text));
    }

    /** @param view the approval as it is after the review */
    static Reply of(ReviewAnswer answer, Verb verb, ApprovalView view) {
        return switch (answer) {
            case ReviewAnswer.Refused(var cause, var explanation) -> refused(explanation);
            case ReviewAnswer.Kept() ->
                new Reply("noted", VisibleText.of("This is kept and will be judged as soon as the approval is open."));
            case ReviewAnswer.Done(var said) -> new Reply("noted", VisibleText.of(said));
            case ReviewAnswer.Unknown() -> refused("There is no such approval.");
            case ReviewAnswer.Recorded(var progress)
            when verb == Verb.REJECT ->
                new Reply("bad", VisibleText.of("You rejected this. The agent is told why; nothing runs."));
            case ReviewAnswer.Recorded(var progress) -> approved(Needs.missing(progress), view);
        };
    }

    private static Reply approved(String missing, ApprovalView view) {
        if (missing.isEmpty()) {
            return new Reply("good", VisibleText.of("You approved this, and it is allowed. The agent has its grant."));
        }
        return view.pending()
                ? new Reply("noted", VisibleText.of("Your approval counts. Still needed: " + missing + "."))
                : new Reply("noted", VisibleText.of("Your approval counted. It has been decided since."));
    }
}
