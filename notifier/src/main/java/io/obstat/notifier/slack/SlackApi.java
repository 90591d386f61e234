package io.obstat.notifier.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import io.obstat.notifier.Attempt;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Calls Slack's Web API, and says what its answers mean. The SDK blocks, so calls run on the worker pool. */
final class SlackApi {

    private static final Duration USUAL_WAIT = Duration.ofSeconds(1);

    /** What passes, or is for whoever runs Obstat to mend. */
    private static final Set<String> PASSING = Set.of(
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org",
            "team_access_not_granted");

    private static final Set<String> CREDENTIALS = Set.of(
            "invalid_auth",
            "not_authed",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "no_permission",
            "missing_scope",
            "ekm_access_denied",
            "access_denied");

    private final Slack slack;
    private final MethodsClient methods;

    SlackApi(SlackSettings settings) {
        var config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(settings.api().toString());
        config.setStatsEnabled(false);
        // INVARIANT: one card a place. A client that sends again by itself when an answer is lost would post twice.
        var http = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .callTimeout(settings.timeout())
                .build();
        slack = Slack.getInstance(config, new SlackHttpClient(http));
        methods = slack.methods(settings.botToken());
    }

    Slack slack() {
        return slack;
    }

    /** A call of the Web API. */
    interface Call<T> {

        T on(MethodsClient methods) throws IOException, SlackApiException;
    }

    /** Slack did not do it. */
    static final class NotDone extends RuntimeException {

        private static final long serialVersionUID = 1L;
        private final transient Attempt attempt;
        private final String error;

        NotDone(Attempt attempt, String error) {
            super(error);
            this.attempt = attempt;
            this.error = error;
        }

        /** What that means for whoever tried; not {@link Attempt.Accepted}. */
        Attempt attempt() {
            return attempt;
        }

        /** In Slack's own word, such as {@code users_not_found}; empty when it did not come to one. */
        String error() {
            return error;
        }
    }

    /** Fails with {@link NotDone} when Slack did not do it. */
    <T extends SlackApiTextResponse> Uni<T> call(Call<T> call) {
        return Uni.createFrom().item(() -> done(call)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private <T extends SlackApiTextResponse> T done(Call<T> call) {
        try {
            T answer = call.on(methods);
            if (answer.isOk()) {
                return answer;
            }
            throw new NotDone(read(answer.getError()), answer.getError());
        } catch (SlackApiException e) {
            throw new NotDone(status(e.getResponse().code(), e.getResponse().header("Retry-After")), "");
        } catch (IOException e) {
            throw new NotDone(
                    new Attempt.Troubled(
                            "Slack is not reachable: " + e.getClass().getSimpleName(), null),
                    "");
        }
    }

    private static Attempt status(int status, @Nullable String retryAfter) {
        return status == 429
                ? new Attempt.Postponed("Slack's rate limit is reached", wait(retryAfter), true)
                : new Attempt.Troubled("Slack answered %d".formatted(status), null);
    }

    private static Duration wait(@Nullable String retryAfter) {
        return retryAfter != null && retryAfter.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter)))
                : USUAL_WAIT;
    }

    private static Attempt read(String error) {
        if (error.equals("ratelimited") || error.equals("rate_limited")) {
            return new Attempt.Postponed("Slack's rate limit is reached", USUAL_WAIT, true);
        }
        if (PASSING.contains(error)) {
            return new Attempt.Troubled("Slack answered " + error, null);
        }
        if (CREDENTIALS.contains(error)) {
            return new Attempt.Troubled(
                    "Slack answered %s; check the app's token and scopes (deploy/slack)".formatted(error), null);
        }
        return new Attempt.Refused(
                switch (error) {
                    case "channel_not_found", "not_in_channel" ->
                        "Slack answered %s; invite the app to the channel".formatted(error);
                    case "is_archived" -> "The channel is archived; name another one in channels.yaml";
                    default -> "Slack answered " + error;
                });
    }
}
