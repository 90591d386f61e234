package io.obstat.sdk.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.Decision;
import io.obstat.sdk.Decisions;
import io.obstat.sdk.Question;
import io.obstat.sdk.UnreachableException;
import io.obstat.sdk.http.HttpCalls.Call;
import io.obstat.sdk.http.HttpCalls.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** decision-service by HTTP long poll. A restart of the service is waited out. */
final class HttpDecisions implements Decisions {

    /** One poll: long enough to be rare, short enough for the proxies in between. */
    private static final Duration LONGEST_POLL = Duration.ofSeconds(20);

    /** For the last answer to arrive, which the service holds until the very end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final HttpCalls calls;
    private final URI decisionService;
    private final Function<Question, Optional<String>> onQuestion;

    HttpDecisions(HttpCalls calls, URI decisionService, Function<Question, Optional<String>> onQuestion) {
        this.calls = calls;
        this.decisionService = decisionService;
        this.onQuestion = onQuestion;
    }

    @Override
    public Optional<Decision> await(ActionId action, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        boolean heard = false;
        var questions = new HttpQuestions(calls, address(action), action, onQuestion);
        while (true) {
            Duration left = until(deadline);
            Duration hold = left.compareTo(LONGEST_POLL) < 0 ? left : LONGEST_POLL;
            long began = System.nanoTime();
            Reply reply;
            try {
                reply = calls.send(poll(action, hold, questions.seen()), left.plus(GRACE));
            } catch (UnreachableException e) {
                if (heard) {
                    return Optional.empty();
                }
                throw e;
            }
            heard = true;
            switch (reply.status()) {
                case 200 -> {
                    return Optional.of(Replies.read(reply, Decision.class, "decision-service"));
                }
                // Unknown is pending: the request may still be on its way through policy.
                case 202, 404 -> {
                    if (reply.status() == 202) {
                        questions.answer(reply, until(deadline));
                    }
                    long pause = began + calls.pause().toNanos() - System.nanoTime();
                    if (System.nanoTime() + Math.max(0, pause) - deadline >= 0) {
                        return Optional.empty();
                    }
                    if (pause > 0) {
                        Thread.sleep(Duration.ofNanos(pause));
                    }
                }
                default -> throw Replies.refusal("decision-service", "to tell the decision on " + action, reply);
            }
        }
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private Call poll(ActionId action, Duration hold, String seen) {
        return Call.get(Addresses.of(address(action), "?wait=" + hold.toSeconds() + seen), hold);
    }

    private URI address(ActionId action) {
        return Addresses.of(decisionService, "/v1/decisions/" + action);
    }
}
