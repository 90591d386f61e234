package io.obstat.sdk.http;

import static io.obstat.sdk.http.HttpCalls.shorter;
import static io.obstat.sdk.http.HttpCalls.until;

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

    /** One poll while the agent's answer to a question could not be sent, and is to be sent again. */
    private static final Duration SHORT_POLL = Duration.ofSeconds(1);

    /** For the last answer to arrive, which the service holds until the very end. */
    private static final Duration GRACE = Duration.ofSeconds(5);

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
        Duration pause = calls.pause();
        var questions = new HttpQuestions(calls, address(action), action, onQuestion);
        while (true) {
            Duration hold = shorter(until(deadline), questions.unsent() ? SHORT_POLL : LONGEST_POLL);
            long began = System.nanoTime();
            Reply reply;
            try {
                reply = calls.send(
                        poll(action, hold, questions.seen()), until(deadline).plus(GRACE));
            } catch (UnreachableException e) {
                if (heard) {
                    return Optional.empty();
                }
                throw e;
            }
            heard = true;
            boolean early = System.nanoTime() - began < hold.dividedBy(2).toNanos();
            switch (reply.status()) {
                case 200 -> {
                    return Optional.of(Replies.read(reply, Decision.class, "decision-service"));
                }
                // Unknown is pending: the request may still be on its way through policy.
                case 202, 404 -> {
                    boolean news = reply.status() == 202 && questions.answer(reply, deadline);
                    // A service that holds nothing, because so many wait, is asked ever more rarely.
                    pause = news || !early ? calls.pause() : HttpCalls.after(pause);
                    if (until(deadline).compareTo(calls.pause()) <= 0) {
                        return Optional.empty();
                    }
                    Thread.sleep(shorter(until(began + pause.toNanos()), until(deadline)));
                }
                default -> throw Replies.refusal("decision-service", "to tell the decision on " + action, reply);
            }
        }
    }

    private Call poll(ActionId action, Duration hold, String seen) {
        return Call.get(Addresses.of(address(action), "?wait=" + hold.toSeconds() + seen), hold);
    }

    private URI address(ActionId action) {
        return Addresses.of(decisionService, "/v1/decisions/" + action);
    }
}
