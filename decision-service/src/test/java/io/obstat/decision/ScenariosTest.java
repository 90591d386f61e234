package io.obstat.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stories in {@code src/test/resources/scenarios}. */
class ScenariosTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()).registerModule(new JavaTimeModule());
    private static final Path FOLDER = Path.of("src/test/resources/scenarios");

    private final Decider decider =
            new Decider(new FakeNotary(), new Terms(Duration.ofMinutes(15), Duration.ofHours(1)));

    static List<Scenario> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(ScenariosTest::read).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldGoAsTheStorySays(Scenario scenario) {
        // Given
        Verdict verdict = verdict(scenario.given());
        ApprovalState state = ApprovalState.Unopened.empty();
        var facts = new ArrayList<String>();

        // When
        for (Scenario.Step step : scenario.when()) {
            Transition<? extends Answer> transition = decider.decide(state, command(verdict, step));
            state = transition.next();
            transition.facts().forEach(fact -> facts.add(name(fact)));
            assertAnswer(step, transition.answer());
        }

        // Then
        assertThat(facts).containsExactlyElementsOf(scenario.then().facts());
        ApprovalView view = ApprovalView.of(state).orElse(null);
        assertThat(view == null ? "unopened" : view.state().wireName())
                .isEqualTo(scenario.then().state());
        List<String> reason = scenario.then().reason();
        if (reason != null) {
            assertThat(Objects.requireNonNull(Objects.requireNonNull(view).decision())
                            .reason())
                    .contains(reason);
        }
    }

    private static void assertAnswer(Scenario.Step step, Answer answer) {
        if (step.answer() != null) {
            assertThat(answer.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                    .as("%s at %s: %s", step.deed(), step.at(), answer)
                    .isEqualTo(step.answer());
        }
        if (step.told() != null) {
            assertThat(answer.toString()).contains(step.told());
        }
    }

    private static Verdict verdict(Scenario.Given given) {
        Instant deadline = given.deadline() == null ? null : Examples.NOON.plus(given.deadline());
        ActionRequested request = Examples.request(
                "story", Examples.AGENT, Examples.OWNER, person(given.onBehalfOf()), Examples.NOON, deadline);
        return switch (given.verdict()) {
            case "required" ->
                Examples.required(
                        request,
                        Objects.requireNonNull(given.within()),
                        Objects.requireNonNull(given.needs()).toArray(new Slot[0]));
            case "allowed" -> Examples.allowed(request);
            case "denied" -> Examples.denied(request);
            default -> throw new IllegalArgumentException("verdict is required, allowed or denied");
        };
    }

    private static Command command(Verdict verdict, Scenario.Step step) {
        ActionRequested request = verdict.request();
        Instant now = Examples.NOON.plus(step.at());
        Circumstances at = Circumstances.at(now);
        GrantId grant = GrantId.of(request.actionId());
        return switch (step.deed()) {
            case OPEN -> new Command.Open(verdict, at);
            case REVIEW -> new Command.Submit(review(request, Objects.requireNonNull(step.review()), now), at);
            case WITHDRAW ->
                new Command.Withdraw(
                        new ActionWithdrawn(request.actionId(), Examples.AGENT, "no longer needed", now), at);
            case TICK -> new Command.Tick(at);
            case REDEEM -> redeem(request, grant, step.redemption(), at);
            case REPORT ->
                new Command.Report(
                        grant,
                        Examples.AGENT,
                        step.result() == null ? ActionExecuted.Result.SUCCEEDED : step.result(),
                        null,
                        at);
        };
    }

    private static Command redeem(
            ActionRequested request, GrantId grant, Scenario.@Nullable Redemption redemption, Circumstances at) {
        String by = redemption == null ? null : redemption.by();
        boolean same = redemption == null || !redemption.ofAnotherAction();
        return new Command.Redeem(
                grant, by == null ? Examples.AGENT.value() : by, same ? request.digest() : Examples.otherDigest(), at);
    }

    private static io.obstat.contracts.Review review(ActionRequested request, Scenario.Review review, Instant now) {
        return Examples.review(
                review.id(),
                review.ofAnotherVersion() ? Examples.otherDigest() : request.digest(),
                review.verb(),
                Objects.requireNonNull(person(review.by())),
                review.in() == null ? List.of() : review.in(),
                now);
    }

    private static @Nullable Person person(Scenario.@Nullable Who who) {
        return who == null ? null : new Person(who.subject(), who.email());
    }

    /** Such as {@code approval.opened} of {@code io.obstat.approval.opened.v1}. */
    private static String name(Fact fact) {
        String type = EventType.of(fact.event()).wireName();
        return type.replaceFirst("^io\\.obstat\\.", "").replaceFirst("\\.v\\d+$", "");
    }

    private static Scenario read(Path file) {
        try {
            return YAML.readValue(file.toFile(), Scenario.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
