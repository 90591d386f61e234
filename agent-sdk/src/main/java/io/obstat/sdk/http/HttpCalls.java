package io.obstat.sdk.http;

import io.obstat.sdk.UnansweredException;
import io.obstat.sdk.UnreachableException;
import io.obstat.sdk.jose.ProofKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are repeated, with growing pauses, until a service answers or the time is over: no connection, a broken one, no answer in time, 429
 * and 5xx are trouble on the way; everything else is an answer. A refused token is renewed once a call. Thread safe.
 */
final class HttpCalls {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    private static final Duration SHORTEST_TRY = Duration.ofSeconds(1);

    private final HttpClient http;
    private final TokenSource tokens;
    private final Timeouts timeouts;

    /**
     * How long what may take.
     *
     * @param connect one connection
     * @param answer one answer, beyond what the service was asked to hold it
     * @param retry one call with all its repetitions
     * @param pause before the first repetition; each further one is about twice as long, up to 3 s
     */
    record Timeouts(Duration connect, Duration answer, Duration retry, Duration pause) {}

    /**
     * One call, which may be sent more than once.
     *
     * @param hold how long the service was asked to hold its answer
     * @param key which each sending proves to hold; absent when none has to be
     */
    record Call(
            String method,
            URI uri,
            Map<String, String> headers,
            @Nullable String body,
            Duration hold,
            @Nullable ProofKey key) {

        static Call get(URI uri, Duration hold) {
            return new Call("GET", uri, Map.of(), null, hold, null);
        }

        static Call post(URI uri, String body) {
            return new Call("POST", uri, Map.of(), body, Duration.ZERO, null);
        }

        static Call delete(URI uri, String body) {
            return new Call("DELETE", uri, Map.of(), body, Duration.ZERO, null);
        }

        Call proving(@Nullable ProofKey holder) {
            return new Call(method, uri, headers, body, hold, holder);
        }
    }

    /** An answer. */
    record Reply(int status, String body) {}

    HttpCalls(HttpClient http, TokenSource tokens, Timeouts timeouts) {
        this.http = http;
        this.tokens = tokens;
        this.timeouts = timeouts;
    }

    /** Sends until there is an answer, at most for the retry time. */
    Reply send(Call call) throws InterruptedException {
        return send(call, timeouts.retry().plus(call.hold()));
    }

    /**
     * Sends what must not be carried out twice: repeated, at most for the retry time, only while it cannot have been carried out.
     *
     * @throws UnansweredException when it was sent and no answer came
     * @throws UnreachableException when it could not be sent
     */
    Reply sendOnce(Call call) throws InterruptedException {
        return send(call, timeouts.retry(), true);
    }

    /**
     * Sends until there is an answer.
     *
     * @throws UnreachableException when there was none within this time
     */
    Reply send(Call call, Duration within) throws InterruptedException {
        return send(call, within, false);
    }

    private Reply send(Call call, Duration within, boolean once) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        Duration pause = timeouts.pause();
        boolean renewed = false;
        while (true) {
            Trouble trouble;
            try {
                String token = tokens.token();
                HttpResponse<String> response =
                        http.send(request(call, token, deadline), HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 401 && !renewed) {
                    renewed = true;
                    tokens.rejected(token);
                    continue;
                }
                if (response.statusCode() < 500 && response.statusCode() != 429) {
                    return new Reply(response.statusCode(), response.body());
                }
                trouble = new Trouble(
                        "answers " + response.statusCode(), retryAfter(response), response.statusCode() != 429, null);
            } catch (IOException e) {
                boolean sent = !(e instanceof ConnectException || e instanceof HttpConnectTimeoutException);
                trouble = new Trouble("does not answer (" + e + ")", Duration.ZERO, sent, e);
            } catch (UnreachableException e) {
                trouble = new Trouble("cannot be asked: " + e.getMessage(), Duration.ZERO, false, e);
            }
            if (once && trouble.carriedOut()) {
                throw trouble.unanswered(call);
            }
            Duration wait = jittered(longer(pause, trouble.atLeast()));
            if (System.nanoTime() + wait.toNanos() - deadline >= 0) {
                throw trouble.after(call, within);
            }
            Thread.sleep(wait);
            pause = after(pause);
        }
    }

    /** How long one answer may take that nobody holds back. */
    Duration answer() {
        return timeouts.answer();
    }

    /** The first between two calls. */
    Duration pause() {
        return timeouts.pause();
    }

    /** The pause that follows one that was of no use. */
    static Duration after(Duration pause) {
        return shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** None once this moment, by {@link System#nanoTime}, has gone by. */
    static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** @param carriedOut whether the call may have been, although it has no answer */
    private record Trouble(
            String what,
            Duration atLeast,
            boolean carriedOut,
            @Nullable Exception cause) {

        UnansweredException unanswered(Call call) {
            String message = "%s %s %s, and may have been carried out; it is not repeated"
                    .formatted(call.method(), call.uri(), what);
            return cause == null ? new UnansweredException(message) : new UnansweredException(message, cause);
        }

        UnreachableException after(Call call, Duration within) {
            String message = "%s %s %s, tried for %s; check that the service runs and try again"
                    .formatted(call.method(), call.uri(), what, within);
            return cause == null ? new UnreachableException(message) : new UnreachableException(message, cause);
        }
    }

    private HttpRequest request(Call call, String token, long deadline) {
        Duration timeout = timeouts.answer().plus(call.hold());
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .timeout(shorter(timeout, longer(until(deadline), SHORTEST_TRY)))
                .header("Accept", "application/json, application/problem+json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        call.headers().forEach(request::header);
        if (call.key() != null) {
            // A new one each time: a service takes a proof once.
            request.header("DPoP", call.key().proof(call.method(), call.uri(), token));
        }
        if (call.body() == null) {
            return request.method(call.method(), HttpRequest.BodyPublishers.noBody())
                    .build();
        }
        return request.header("Content-Type", "application/json")
                .method(call.method(), HttpRequest.BodyPublishers.ofString(call.body()))
                .build();
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        // SPEC: RFC 9110 §10.2.3; only the form in seconds, which is what services send with 429 and 503.
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,4}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }

    private static Duration jittered(Duration pause) {
        return Duration.ofNanos(
                (long) (pause.toNanos() * ThreadLocalRandom.current().nextDouble(0.75, 1.25)));
    }
}
