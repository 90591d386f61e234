package io.obstat.notifier.webhook;

import io.obstat.notifier.Attempt;
import io.obstat.notifier.RetryAfter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an HTTP answer to a webhook means. */
final class WebhookAnswer {

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
        return new Attempt.Troubled("Answered %d".formatted(status), RetryAfter.read(retryAfter, now));
    }
}
