package io.obstat.notifier.teams;

import com.microsoft.bot.connector.rest.ErrorResponseException;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import retrofit2.Response;

/**
 * What an answer of the Bot Connector means when the SDK took it for a failure.
 *
 * <p>SPEC: Teams, "Status codes from bot conversational APIs"; "Optimize your bot with rate limiting in Teams": 429, 412, 502 and 504 are to
 * be tried again.
 *
 * @param code Teams' name for the error, or empty
 * @param retryAfter the header, if there is one. The SDK does not hand it on, but the response in its exception has it
 */
record ConnectorAnswer(int status, String code, @Nullable String retryAfter) {

    private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);

    static ConnectorAnswer of(ErrorResponseException failure) {
        Response<?> response = failure.response();
        return new ConnectorAnswer(
                response.code(), code(failure), response.headers().get("Retry-After"));
    }

    private static String code(ErrorResponseException failure) {
        if (failure.body() == null || failure.body().getError() == null) {
            return "";
        }
        String code = failure.body().getError().getCode();
        return code == null ? "" : code;
    }

    boolean successful() {
        return status >= 200 && status < 300;
    }

    /** What to do about it; for anything but success and 401. */
    Attempt attempt(Instant now) {
        if (status == 429) {
            Duration pause = RetryAfter.read(retryAfter, now);
            return new Attempt.Postponed(text(""), pause == null ? USUAL_PAUSE : pause, true);
        }
        // 408 and 425: SPEC: RFC 9110 §15.5.9, RFC 8470 §5.2.
        boolean passing = status >= 500 || status == 408 || status == 412 || status == 425;
        if (passing) {
            return new Attempt.Troubled(text(""), RetryAfter.read(retryAfter, now));
        }
        return new Attempt.Refused(text(
                switch (status) {
                    case 403 ->
                        "; the bot may not write there: install the app for this person or channel, or have it unblocked";
                    case 404 ->
                        "; the conversation or the message is gone: install the app there again, or send a new message";
                    case 413 -> "; the message is too large for Teams: show less in the card and link to the rest";
                    default ->
                        status < 400
                                ? "; redirects are not followed: see whether %s is right"
                                        .formatted(Settings.SERVICE_URLS)
                                : "; Teams does not want it: see what its error code means";
                }));
    }

    String text(String remedy) {
        return Text.clip(
                "Teams answered %d%s%s".formatted(status, code.isEmpty() ? "" : " " + Text.quote(code), remedy),
                Attempt.LONGEST_PROBLEM);
    }
}
