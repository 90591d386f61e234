package io.obstat.notifier.webhook;

import io.obstat.notifier.Attempt;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What an HTTP answer to a webhook means. */
final class WebhookAnswer {

    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private WebhookAnswer() {}

    /**
     * @param status of the answer
     * @param retryAfter the header, if there is one: seconds or an HTTP date
     */
    static Attempt read(int status, @Nullable String retryAfter, Instant now) {
        if (status >= 200 && status < 300) {
            return new Attempt.Accepted();
        }
        // A redirect could lead to a host that is not allowed, so none is followed.
        if (status >= 300 && status < 400) {
            return new Attempt.Refused(
                    "Answered %d; redirects are not followed, so configure the final address".formatted(status));
        }
        boolean passing = status == 408 || status == 425 || status == 429;
        if (status >= 400 && status < 500 && !passing) {
            return new Attempt.Refused("Answered %d; the receiver does not want it".formatted(status));
        }
        return new Attempt.Troubled("Answered %d".formatted(status), wait(retryAfter, now));
    }

    /** SPEC: RFC 9110 §10.2.3. What cannot be read counts as absent. */
    private static @Nullable Duration wait(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return null;
        }
        String value = retryAfter.strip();
        Duration wait;
        if (value.matches("[0-9]{1,18}")) {
            wait = Duration.ofSeconds(Math.min(Long.parseLong(value), LONGEST_WAIT.toSeconds()));
        } else {
            try {
                wait = Duration.between(
                        now,
                        ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            } catch (DateTimeException e) {
                return null;
            }
        }
        return wait.isNegative() ? null : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
