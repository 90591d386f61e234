package io.obstat.decision.inbox;

import io.obstat.contracts.visible.VisibleText;
import io.obstat.decision.directory.Absences.Absence;
import org.jspecify.annotations.Nullable;

/**
 * Who stands for a person while they are away, as they see it.
 *
 * @param known whether the directory has them; nobody can stand for whom it does not have
 * @param line who does, or will; {@code null} when nobody does
 * @param key whether it takes a security key of theirs to name somebody
 */
public record AwayPage(boolean known, @Nullable Line line, boolean key) {

    /**
     * A stand-in.
     *
     * @param reason empty when none was given
     */
    public record Line(VisibleText to, Moment since, Moment until, VisibleText reason) {

        static Line of(Absence absence) {
            @Nullable String reason = absence.reason();
            return new Line(
                    VisibleText.of(absence.to()),
                    Moment.of(absence.since()),
                    Moment.of(absence.until()),
                    reason == null ? VisibleText.empty() : VisibleText.of(reason));
        }
    }
}
