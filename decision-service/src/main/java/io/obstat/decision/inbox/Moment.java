package io.obstat.decision.inbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A point in time for a page: the same for every reader, so that two people can talk about it.
 *
 * @param text such as {@code 22 Nov 2026, 12:04:33 UTC}
 * @param iso as in RFC 3339
 */
public record Moment(String text, String iso) {

    private static final DateTimeFormatter READABLE = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static Moment of(Instant instant) {
        return new Moment(READABLE.format(instant), instant.toString());
    }
}
