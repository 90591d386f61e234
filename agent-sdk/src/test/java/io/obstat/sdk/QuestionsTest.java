package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.ReviewId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuestionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ReviewId WHICH = ReviewId.derive("which");
    private static final ReviewId WHY = ReviewId.derive("why");

    private final FakeObstat obstat = new FakeObstat();
    private final List<Question> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        obstat.close();
        assertThat(obstat.violations).isEmpty();
    }

    @Test
    void shouldAnswerAndGoOnWaiting() throws InterruptedException {
        // Given a reviewer who decides once they have their answer
        obstat.questions.put(WHICH, "Which columns?");

        // When
        Answer answer = await(question -> Optional.of("id and country"), Outcome.ALLOWED);

        // Then
        assertThat(answer).isInstanceOf(Approved.class);
        assertThat(obstat.answers).containsExactly("id and country");
        assertThat(asked).singleElement().satisfies(question -> {
            assertThat(question.id()).isEqualTo(WHICH);
            assertThat(question.text()).isEqualTo("Which columns?");
        });
    }

    @Test
    void shouldAskTheAgentOnceHoweverLongAQuestionStaysOpen() throws InterruptedException {
        // Given
        obstat.questions.put(WHICH, "Which columns?");

        // When the service has said it several times
        Answer answer = await(question -> Optional.empty(), Outcome.REJECTED);

        // Then
        assertThat(answer).isInstanceOf(Refusal.Rejected.class);
        assertThat(obstat.answers).isEmpty();
        assertThat(asked).hasSize(1);
        assertThat(obstat.seen).isNotEmpty().containsOnly(WHICH.value());
    }

    @Test
    void shouldNotEndTheWaitWhenAnAnswerFailsOrIsNotTaken() throws InterruptedException {
        // Given an agent that fails at one question, and says too much to the other
        obstat.questions.put(WHICH, "Which columns?");
        obstat.questions.put(WHY, "Why now?");
        Function<Question, Optional<String>> agent = question -> {
            if (question.id().equals(WHICH)) {
                throw new IllegalStateException("no idea");
            }
            return Optional.of("x".repeat(2_001));
        };

        // When
        Answer answer = await(agent, Outcome.ALLOWED);

        // Then
        assertThat(answer).isInstanceOf(Approved.class);
        assertThat(obstat.answers).isEmpty();
        assertThat(asked).hasSize(2);
        assertThat(obstat.violations).singleElement().asString().contains("answers");
        obstat.violations.clear();
    }

    @Test
    void shouldNotMindThatAnAnswerWhoseReceiptWasLostIsThereAlready() throws InterruptedException {
        // Given
        obstat.questions.put(WHICH, "Which columns?");
        obstat.trouble("/answers", FakeObstat.Kind.LOST_ANSWER, 1);

        // When
        Answer answer = await(question -> Optional.of("id and country"), Outcome.ALLOWED);

        // Then
        assertThat(answer).isInstanceOf(Approved.class);
        assertThat(obstat.answers).containsExactly("id and country");
    }

    @Test
    void shouldNotWaitForAnswersToBeTakenUntilTheWaitForTheDecisionIsOver() throws InterruptedException {
        // Given three questions, and a gateway that lets no answer through
        obstat.questions.put(WHICH, "Which columns?");
        obstat.questions.put(WHY, "Why now?");
        obstat.questions.put(ReviewId.derive("who"), "Who reads it?");
        obstat.trouble("/answers", FakeObstat.Kind.UNAVAILABLE, 10_000);

        // When
        Answer answer = await(question -> Optional.of("id and country"), Outcome.ALLOWED);

        // Then it asked for the decision again when one answer could have come, after some 9 growing pauses, and not
        // when
        // three could have
        assertThat(answer).isInstanceOf(Approved.class);
        assertThat(obstat.answers).isEmpty();
        assertThat(asked).hasSize(3);
        assertThat(answersSentBetweenPolls()).isBetween(1, 12);
    }

    @Test
    void shouldSendAnAnswerUntilItIsTakenAndNotAskTheAgentAgain() throws InterruptedException {
        // Given a service that is away for longer than one answer is tried
        obstat.questions.put(WHICH, "Which columns?");
        obstat.questions.put(WHY, "Why now?");
        obstat.trouble("/answers", FakeObstat.Kind.UNAVAILABLE, 12);

        // When
        Answer answer = await(
                question -> Optional.of(question.text() + " Because."),
                Outcome.ALLOWED,
                () -> obstat.answers.size() == 2 || polls() > 50);

        // Then
        assertThat(answer).isInstanceOf(Approved.class);
        assertThat(obstat.answers).containsExactlyInAnyOrder("Which columns? Because.", "Why now? Because.");
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldTryOnceWhenTheAgentHasUsedUpTheWait() throws InterruptedException {
        // Given an agent that thinks until the wait is over, and a service that is away
        obstat.outcome = null;
        obstat.questions.put(WHICH, "Which columns?");
        obstat.trouble("/answers", FakeObstat.Kind.UNAVAILABLE, 10_000);
        Duration wait = Duration.ofMillis(400);
        try (ObstatClient client = obstat.connection()
                .onQuestion(question -> {
                    think(wait);
                    return Optional.of("id and country");
                })
                .connect()) {
            // When
            Answer answer = client.request(NothingRunsWithoutGrantTest.draft()).await(wait);

            // Then
            assertThat(answer).isInstanceOf(Refusal.Undecided.class);
            assertThat(obstat.paths()).filteredOn(QuestionsTest::isAnswer).hasSize(1);
        }
    }

    @Test
    void shouldSayThatQuestionsDoNotComeWithTheFeed() {
        assertThatThrownBy(() -> obstat.connection()
                        .decisionsFrom(proof -> (action, within) -> Optional.empty())
                        .onQuestion(question -> Optional.empty())
                        .connect())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("onQuestion does not go with decisionsFrom");
    }

    /** Waits, and has people decide once the agent was asked everything, and waits on or has been told of it again. */
    private Answer await(Function<Question, Optional<String>> agent, Outcome outcome) throws InterruptedException {
        int open = obstat.questions.size();
        return await(agent, outcome, () -> asked.size() == open && polls() > (obstat.questions.isEmpty() ? 1 : 3));
    }

    private Answer await(
            Function<Question, Optional<String>> agent, Outcome outcome, Callable<Boolean> whenPeopleDecide)
            throws InterruptedException {
        obstat.outcome = null;
        try (ObstatClient client = obstat.connection()
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(2))
                .onQuestion(question -> {
                    asked.add(question);
                    return agent.apply(question);
                })
                .connect()) {
            Requested requested = client.request(NothingRunsWithoutGrantTest.draft());
            Thread people = Thread.ofVirtual().start(() -> {
                org.awaitility.Awaitility.await().atMost(PATIENCE).until(whenPeopleDecide);
                obstat.decide(requested.actionId(), outcome);
            });
            Answer answer = requested.await(PATIENCE);
            people.join();
            return answer;
        }
    }

    private static void think(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long polls() {
        return obstat.paths().stream().filter("GET /v1/decisions/ID"::equals).count();
    }

    /** The most in a row. */
    private int answersSentBetweenPolls() {
        int most = 0;
        int now = 0;
        for (String path : obstat.paths()) {
            now = isAnswer(path) ? now + 1 : 0;
            most = Math.max(most, now);
        }
        return most;
    }

    private static boolean isAnswer(String path) {
        return path.endsWith("/answers");
    }
}
