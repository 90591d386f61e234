package io.obstat.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        var story = new Story(scenario.given());
        ApprovalState state = ApprovalState.Unopened.empty();
        var facts = new ArrayList<String>();

        // When
        for (Scenario.Step step : scenario.when()) {
            Command command = story.command(step).orElse(null);
            if (command != null) {
                Transition<? extends Answer> transition = decider.decide(state, command);
                state = transition.next();
                transition.facts().forEach(story::hear);
                transition.facts().forEach(fact -> facts.add(name(fact)));
                assertAnswer(step, transition.answer());
            }
        }

        // Then
        assertThat(facts).containsExactlyElementsOf(scenario.then().facts());
        ApprovalView view = ApprovalView.of(state).orElse(null);
        assertThat(view == null ? "unopened" : view.state().wireName())
                .isEqualTo(scenario.then().state());
        List<String> reason = scenario.then().reason();
        if (reason != null) {
            assertThat(decision(view).reason()).contains(reason);
        }
        Boolean asked = scenario.then().asked();
        if (asked != null) {
            assertThat(decision(view).asked()).isEqualTo(asked);
        }
        List<String> reviewers = scenario.then().reviewers();
        if (reviewers != null) {
            assertThat(decision(view).reviews())
                    .extracting(review -> review.reviewer().person().subject())
                    .containsExactlyElementsOf(reviewers);
        }
    }

    private static Decision decision(@Nullable ApprovalView view) {
        return Objects.requireNonNull(Objects.requireNonNull(view).decision());
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
