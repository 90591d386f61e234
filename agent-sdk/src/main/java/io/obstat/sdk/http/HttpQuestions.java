package io.obstat.sdk.http;

import static io.obstat.sdk.http.HttpCalls.shorter;
import static io.obstat.sdk.http.HttpCalls.until;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.json.Json;
import io.obstat.sdk.Question;
import io.obstat.sdk.UnreachableException;
import io.obstat.sdk.http.HttpCalls.Call;
import io.obstat.sdk.http.HttpCalls.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands what reviewers ask during one wait to the agent, each question once, and sends what it answers until the service has taken or refused it.
 * Whatever goes wrong with that is logged, and the wait for the decision goes on.
 */
final class HttpQuestions {

    private static final System.Logger LOG = System.getLogger(HttpQuestions.class.getName());

    private final HttpCalls calls;
    private final URI address;
    private final ActionId action;
    private final Function<Question, Optional<String>> agent;
    private final Set<ReviewId> handed = new HashSet<>();
    private final Map<ReviewId, String> unsent = new LinkedHashMap<>();
    private @Nullable ReviewId latest;

    /** @param address where the decision on the action is */
    HttpQuestions(HttpCalls calls, URI address, ActionId action, Function<Question, Optional<String>> agent) {
        this.calls = calls;
        this.address = address;
        this.action = action;
        this.agent = agent;
    }

    /**
     * Sends what could not be sent before, and what the agent answers now; all together for no longer than one call takes, and not once the service
     * is found away, so that trouble on the way leaves time to wait for the decision.
     *
     * @param pending what the service says while nobody has decided
     * @param deadline of the wait for the decision, by {@link System#nanoTime}
     * @return whether the agent was asked anything
     */
    boolean answer(Reply pending, long deadline) throws InterruptedException {
        Duration left = send(calls.answer(), deadline);
        boolean news = false;
        for (Question question : open(pending)) {
            latest = question.id();
            if (handed.add(question.id())) {
                news = true;
                ask(question);
                left = send(left, deadline);
            }
        }
        return news;
    }

    /** Whether an answer is to be sent again. */
    boolean unsent() {
        return !unsent.isEmpty();
    }

    /** What to add to the next poll, so that a question that stays open ends no further wait. */
    String seen() {
        return latest == null ? "" : "&seen=" + latest;
    }

    private List<Question> open(Reply pending) {
        try {
            List<Asked> questions =
                    Replies.read(pending, Pending.class, "decision-service").questions();
            return questions == null
                    ? List.of()
                    : questions.stream()
                            .map(asked -> new Question(action, asked.id(), asked.text(), asked.askedAt()))
                            .toList();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The questions on " + action + " cannot be read", e);
            return List.of();
        }
    }

    private void ask(Question question) {
        try {
            agent.apply(question).ifPresent(answer -> unsent.put(question.id(), answer));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The question " + question.id() + " stays open", e);
        }
    }

    /** @return what is left of that time; none once the service is away */
    private Duration send(Duration within, long deadline) throws InterruptedException {
        Duration left = within;
        for (var answers = unsent.entrySet().iterator(); answers.hasNext() && left.isPositive(); ) {
            Map.Entry<ReviewId, String> answer = answers.next();
            long began = System.nanoTime();
            try {
                send(answer.getKey(), answer.getValue(), shorter(left, until(deadline)));
                answers.remove();
            } catch (UnreachableException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The answer to " + answer.getKey() + " is kept, and sent again while the agent waits",
                        e);
                return Duration.ZERO;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "The question " + answer.getKey() + " stays open", e);
                answers.remove();
            }
            left = left.minusNanos(System.nanoTime() - began);
        }
        return left;
    }

    private void send(ReviewId question, String answer, Duration within) throws InterruptedException {
        ObjectNode body = Json.events().createObjectNode();
        body.put("question", question.value()).put("answer", answer);
        Reply reply = calls.send(Call.post(Addresses.of(address, "/answers"), Replies.json(body)), within);
        // 409: it is answered already, perhaps by the same answer, whose receipt was lost.
        if (reply.status() != 201 && reply.status() != 409) {
            throw Replies.refusal("decision-service", "the answer to " + question, reply);
        }
    }

    private record Pending(@Nullable List<Asked> questions) {}

    private record Asked(ReviewId id, String text, Instant askedAt) {}
}
