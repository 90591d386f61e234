package io.obstat.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every file in {@code scenarios/}, each a story about one action. */
@ExtendWith(RoadExtension.class)
@Order(2)
class ScenariosIT {

    /** For the last scenario; the others have had longer. */
    private static final Duration CALM = Duration.ofSeconds(3);

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @TestFactory
    Stream<DynamicTest> shouldGoAsTold(Road road) throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            List<Path> scenarios = files.sorted().toList();
            assertThat(scenarios).isNotEmpty();
            List<ScenarioRunner> ended = new ArrayList<>();
            return Stream.concat(
                    scenarios.stream().map(file -> play(road, file, ended)),
                    Stream.of(DynamicTest.dynamicTest("and every ending stays as it was", () -> staysEnded(ended))));
        }
    }

    private static DynamicTest play(Road road, Path file, List<ScenarioRunner> ended) {
        Scenario scenario = read(file);
        return DynamicTest.dynamicTest(scenario.metadata().name(), file.toUri(), () -> {
            var runner = new ScenarioRunner(road, scenario);
            runner.run();
            ended.add(runner);
        });
    }

    /**
     * A scenario passes at the first moment at which its ending fits; an event that came after that shows here. It stays, so it fails however
     * often this looks; a service that does not answer for a moment does not.
     */
    private static void staysEnded(List<ScenarioRunner> ended) {
        await().pollDelay(CALM)
                .pollInterval(Duration.ofSeconds(1))
                .atMost(CALM.plusSeconds(60))
                .untilAsserted(() -> assertAll(ended.stream().map(runner -> runner::holds)));
    }

    private static Path directory() {
        URL directory = ScenariosIT.class.getResource("/scenarios");
        return Path.of(URI.create(Objects.requireNonNull(directory).toString()));
    }

    private static Scenario read(Path file) {
        try {
            return YAML.readValue(file.toFile(), Scenario.class);
        } catch (IOException e) {
            throw new UncheckedIOException("Not a scenario: " + file, e);
        }
    }
}
