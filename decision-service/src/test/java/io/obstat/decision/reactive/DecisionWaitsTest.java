package io.obstat.decision.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Course;
import io.obstat.decision.Examples;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionWaitsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ApprovalRequired VERDICT =
            Examples.required(Examples.request("waits"), Duration.ofMinutes(30), new Slot("data-governance", 1));
    private static final ActionId ACTION = VERDICT.actionId();

    private final SetClock clock = new SetClock(Examples.NOON);
    private boolean away;
    private int finds;
    private Instant changedAt = Examples.NOON;
    private ApprovalState state = Examples.pending(VERDICT, Examples.NOON);
    private final DecisionWaits waits = new DecisionWaits(approvals(), clock);

    @Test
    void shouldFindWhatChangedWhileItCouldNotLook() {
        // Given an agent that waits, and rows that cannot be read for 10 s
        UniAssertSubscriber<Optional<ApprovalView>> agent = subscribed(MINUTE);
        away = true;
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(1));
            waits.look().await().indefinitely();
        }

        // When it was asked something elsewhere meanwhile
        ask(Examples.NOON.plusSeconds(1));
        away = false;
        waits.look().await().indefinitely();

        // Then
        agent.assertCompleted();
    }

    @Test
    void shouldNotTellAnotherAgentsActionFromNoneByTheTimeItTakes() {
        // Given
        var other = new AgentId("other-agent");
        UniAssertSubscriber<Optional<ApprovalView>> own = subscribed(MINUTE);
        UniAssertSubscriber<Optional<ApprovalView>> foreign = subscribed(other, MINUTE);

        // When there is something to tell
        ask(Examples.NOON.plusSeconds(1));
        waits.changed(ACTION, state);
        waits.look().await().indefinitely();
        UniAssertSubscriber<Optional<ApprovalView>> foreignAfterwards = subscribed(other, MINUTE);

        // Then
        own.assertCompleted();
        foreign.assertNotTerminated();
        foreignAfterwards.assertNotTerminated();
        subscribed(other, Duration.ZERO).assertCompleted().assertItem(Optional.empty());
    }

    @Test
    void shouldAskNothingMoreAboutAnActionThatIsAnothers() {
        // Given one that waits for a verdict that nobody has spoken yet, and for another agent's action
        var other = new AgentId("other-agent");
        ApprovalState spoken = state;
        state = ApprovalState.Unopened.empty();
        UniAssertSubscriber<Optional<ApprovalView>> early = subscribed(other, MINUTE);
        state = spoken;
        UniAssertSubscriber<Optional<ApprovalView>> foreign = subscribed(other, MINUTE);
        ask(Examples.NOON.plusSeconds(1));

        // When it is looked at again and again
        waits.look().await().indefinitely();
        int finds = this.finds;
        for (int i = 0; i < 10; i++) {
            waits.look().await().indefinitely();
        }

        // Then nothing is read for them, and their time runs on
        assertThat(this.finds).isEqualTo(finds);
        early.assertNotTerminated();
        foreign.assertNotTerminated();
    }

    @Test
    void shouldHoldSoManyAnswersOfOneAgentBackAndNoMore() {
        // Given
        List<UniAssertSubscriber<Optional<ApprovalView>>> held = held(Examples.AGENT, 500);
        int before = finds;

        // When
        UniAssertSubscriber<Optional<ApprovalView>> oneMore = subscribed(MINUTE);
        int looks = finds - before;
        UniAssertSubscriber<Optional<ApprovalView>> anothers = subscribed(new AgentId("other-agent"), MINUTE);
        held.removeLast().cancel();
        UniAssertSubscriber<Optional<ApprovalView>> inItsPlace = subscribed(MINUTE);

        // Then it is answered at once, as it stands, by one look, and another agent's is held
        oneMore.assertCompleted().assertItem(ApprovalView.of(state));
        assertThat(looks).isEqualTo(1);
        anothers.assertNotTerminated();
        inItsPlace.assertNotTerminated();
        assertThat(held).allSatisfy(UniAssertSubscriber::assertNotTerminated);

        // When those who waited have their answer, there is room again
        ask(Examples.NOON.plusSeconds(1));
        waits.changed(ACTION, state);
        state = Examples.pending(VERDICT, Examples.NOON);
        assertThat(held(Examples.AGENT, 500)).allSatisfy(UniAssertSubscriber::assertNotTerminated);
        subscribed(MINUTE).assertCompleted();
    }

    @Test
    void shouldHoldSoManyAnswersBackAndNoMore() {
        // Given twenty agents that take up every place, with actions that are not theirs
        var held = new ArrayList<UniAssertSubscriber<Optional<ApprovalView>>>();
        for (int i = 0; i < 20; i++) {
            held.addAll(held(new AgentId("agent-" + i), 500));
        }

        // When
        UniAssertSubscriber<Optional<ApprovalView>> oneMore = subscribed(MINUTE);
        held.removeLast().cancel();
        UniAssertSubscriber<Optional<ApprovalView>> inItsPlace = subscribed(MINUTE);

        // Then
        oneMore.assertCompleted().assertItem(ApprovalView.of(state));
        inItsPlace.assertNotTerminated();
        assertThat(held).allSatisfy(UniAssertSubscriber::assertNotTerminated);
    }

    private List<UniAssertSubscriber<Optional<ApprovalView>>> held(AgentId agent, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> subscribed(agent, MINUTE))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private UniAssertSubscriber<Optional<ApprovalView>> subscribed(Duration atMost) {
        return subscribed(Examples.AGENT, atMost);
    }

    private UniAssertSubscriber<Optional<ApprovalView>> subscribed(AgentId agent, Duration atMost) {
        return waits.news(ACTION, agent, null, atMost).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private void ask(Instant at) {
        var reviewer = new Reviewer(
                Examples.person("ann"), List.of(), Identification.BEARER_TOKEN, "https://issuer.example.com");
        var question = new Course.Question(ReviewId.derive("q"), reviewer, "Which customers?", at, null, null);
        state = Examples.asked(VERDICT, question);
        changedAt = at;
    }

    private Approvals approvals() {
        return (Approvals) Proxy.newProxyInstance(
                Approvals.class.getClassLoader(),
                new Class<?>[] {Approvals.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "find" -> {
                        finds++;
                        yield read(ApprovalView.of(state));
                    }
                    case "newsAmong" -> read(changedAt.isAfter((Instant) arguments[1]) ? List.of(ACTION) : List.of());
                    default -> throw new AssertionError("Not expected: " + method);
                });
    }

    private <T> Uni<T> read(T answer) {
        return away
                ? Uni.createFrom().failure(new UnavailableException(new IllegalStateException("away")))
                : Uni.createFrom().item(answer);
    }
}
