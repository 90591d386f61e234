package io.obstat.sdk.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.json.Json;
import io.obstat.sdk.Question;
import io.obstat.sdk.http.HttpCalls.Call;
import io.obstat.sdk.http.HttpCalls.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands what reviewers ask during one wait to the agent, each question once, and sends what it answers. Whatever goes wrong with that is logged, and
 * the wait for the decision goes on.
 */
final class HttpQuestions {

    private static final System.Logger LOG = System.getLogger(HttpQuestions.class.getName());

    private final HttpCalls calls;
    private final URI address;
    private final ActionId action;
    private final Function<Question, Optional<String>> agent;
    private final Set<ReviewId> handed = new HashSet<>();
    private @Nullable ReviewId latest;

    /** @param address where the decision on the action is */
    HttpQuestions(HttpCalls calls, URI address, ActionId action, Function<Question, Optional<String>> agent) {
        this.calls = calls;
        this.address = address;
        this.action = action;
        this.agent = agent;
    }

    /**
     * Sends what the agent answers; each for no longer than one call takes, so that trouble on the way leaves time to wait for the decision.
     *
     * @param pending what the service says while nobody has decided
     * @param left of the wait for the decision
     */
    void answer(Reply pending, Duration left) throws InterruptedException {
        Duration within = left.compareTo(calls.answer()) < 0 ? left : calls.answer();
        for (Question question : open(pending)) {
            latest = question.id();
            if (handed.add(question.id())) {
                answer(question, within);
            }
        }
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

    private void answer(Question question, Duration within) throws InterruptedException {
        try {
            Optional<String> answer = agent.apply(question);
            if (answer.isPresent()) {
                send(question, answer.get(), within);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "The question " + question.id() + " stays open", e);
        }
    }

    private void send(Question question, String answer, Duration within) throws InterruptedException {
        ObjectNode body = Json.events().createObjectNode();
        body.put("question", question.id().value()).put("answer", answer);
        Reply reply = calls.send(Call.post(Addresses.of(address, "/answers"), Replies.json(body)), within);
        // 409: it is answered already, perhaps by the same answer, whose receipt was lost.
        if (reply.status() != 201 && reply.status() != 409) {
            throw Replies.refusal("decision-service", "the answer to " + question.id(), reply);
        }
    }

    private record Pending(@Nullable List<Asked> questions) {}

    private record Asked(ReviewId id, String text, Instant askedAt) {}
}
