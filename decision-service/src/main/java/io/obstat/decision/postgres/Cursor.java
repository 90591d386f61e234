package io.obstat.decision.postgres;

import io.obstat.decision.reactive.InvalidCursorException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: the key of its last row.
 *
 * @param at the time by which the page is ordered
 * @param actionId tells rows of the same time apart
 */
record Cursor(Instant at, String actionId) {

    static final Cursor FIRST = new Cursor(Instant.EPOCH, "");
    static final Cursor LAST = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), "");

    private static final String SEPARATOR = " ";

    /** @throws InvalidCursorException when it is no cursor that {@link #text()} wrote */
    static Cursor parse(String text) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(SEPARATOR, 2);
            if (parts.length == 2 && parts[1].matches("act_[a-z2-7]{26}")) {
                Instant at = Instant.parse(parts[0]);
                if (!at.isBefore(FIRST.at) && at.isBefore(LAST.at)) {
                    return new Cursor(at, parts[1]);
                }
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            // Told below: whoever sent it has not seen inside it.
        }
        throw new InvalidCursorException(text);
    }

    String text() {
        byte[] bytes = (at + SEPARATOR + actionId).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The time of a row that was found by it. */
    static Instant present(@Nullable Instant time) {
        return Objects.requireNonNull(time, "A row that was found by its time has one");
    }
}
