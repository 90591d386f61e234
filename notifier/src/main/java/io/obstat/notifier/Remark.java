package io.obstat.notifier;

import java.time.Instant;
import java.util.Optional;

/**
 * What is said beside a card, in its thread.
 *
 * @param loud whether it is for everybody who is there, as a reminder is
 */
public record Remark(Line line, boolean loud) {

    /** What there is to say of this notice beside the card that shows it; empty when the card says enough. */
    public static Optional<Remark> of(Notice notice) {
        return switch (notice) {
            case Notice.Wanted wanted -> Optional.empty();
            case Notice.Opened opened -> Optional.empty();
            case Notice.Reviewed reviewed -> Optional.empty();
            case Notice.Claim claim -> Optional.empty();
            case Notice.Released released -> Optional.empty();
            case Notice.Reminded reminded -> loud(reminded(reminded));
            case Notice.Escalated escalated -> loud(escalated(escalated));
            case Notice.Unreached unreached -> loud(unreached(unreached.expiresAt()));
            case Notice.Asked asked ->
                quiet(Line.builder()
                        .who(asked.review().reviewer())
                        .quote(" asks: ", asked.review().reason())
                        .line());
            case Notice.Answered answered ->
                quiet(Line.builder()
                        .show(answered.agent().value())
                        .quote(" answers: ", answered.claimed().answer())
                        .line());
            case Notice.Decided decided -> quiet(Endings.decision(decided));
            case Notice.Aftermath aftermath -> quiet(Endings.after(aftermath));
            case Notice.Turned turned -> Optional.empty();
        };
    }

    /** The same for somebody who does not see the card. */
    Line about(Approval approval) {
        Notice.Wanted wanted = approval.wanted();
        if (wanted == null) {
            return line;
        }
        var parts = Line.builder()
                .say("#%s ".formatted(wanted.subject().shortId()))
                .show(wanted.assessment().title())
                .say(" (")
                .show(wanted.facts().verified().agent().value())
                .say("): ");
        return parts.add(line).line();
    }

    private static Line reminded(Notice.Reminded reminded) {
        Line.Builder line = Line.builder().stress("Still waiting").say(": ");
        String comma = "";
        for (var slot : reminded.progress()) {
            line.say(comma)
                    .show(slot.slot().group())
                    .say(" %d of %d".formatted(slot.filled(), slot.slot().approvals()));
            comma = ", ";
        }
        return line.line();
    }

    private static Line escalated(Notice.Escalated escalated) {
        Line.Builder line = Line.builder().stress("Escalated");
        if (escalated.review() != null) {
            line.say(" by ")
                    .who(escalated.review().reviewer())
                    .quote(", ", escalated.review().reason());
        } else {
            line.say(", as its time had come");
        }
        return line.say(": people in ")
                .show(escalated.group())
                .say(" can decide as well")
                .line();
    }

    private static Line unreached(Instant expiresAt) {
        return Line.builder()
                .stress("Nobody could be told")
                .say(" and nobody has come. It ends ")
                .when(expiresAt)
                .line();
    }

    private static Optional<Remark> quiet(Line line) {
        return Optional.of(new Remark(line, false));
    }

    private static Optional<Remark> loud(Line line) {
        return Optional.of(new Remark(line, true));
    }
}
