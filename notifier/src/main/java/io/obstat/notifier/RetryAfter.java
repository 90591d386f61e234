package io.obstat.notifier;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header Retry-After. SPEC: RFC 9110 §10.2.3. */
public final class RetryAfter {

    private static final Duration LONGEST = Duration.ofDays(365);

    private RetryAfter() {}

    /** Null when there is none. What cannot be read counts as absent; what is longer than a year counts as a year. */
    public static @Nullable Duration read(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        if (value.matches("[0-9]{1,18}")) {
            return Duration.ofSeconds(Math.min(Long.parseLong(value), LONGEST.toSeconds()));
        }
        try {
            Duration wait = Duration.between(
                    now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return wait.isNegative() ? null : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
