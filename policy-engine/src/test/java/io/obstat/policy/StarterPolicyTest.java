package io.obstat.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.Assessment.MatchedRule;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Verdict;
import io.obstat.contracts.json.Json;
import io.obstat.policy.cel.Limits;
import io.obstat.policy.yaml.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The policy set that {@code ./obstat up} starts with, by scenarios that a policy author can read and by what CloudTrail recorded of real attacks. */
class StarterPolicyTest {

    private static final Path ROOT = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."));
    private static final Path STARTER = ROOT.resolve("deploy/local/config/policy.yaml");
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios/starter");
    private static final Path CLOUDTRAIL = ROOT.resolve("../shared/vectors/cloudtrail");

    /** What of the recorded attacks' own steps must be stopped outright. */
    private static final Set<String> DENIED = Set.of(
            "aws.cloudtrail.DeleteTrail",
            "aws.cloudtrail.PutEventSelectors",
            "aws.route53resolver.DeleteResolverQueryLogConfig",
            "aws.ec2.DeleteFlowLogs");

    /** What of the recorded calls tells how AWS is set up and nothing else. */
    private static final Set<String> ALLOWED = Set.of(
            "aws.ec2.DescribeInstances",
            "aws.ssm.DescribeInstanceInformation",
            "aws.ssm.DescribeParameters",
            "aws.sts.GetCallerIdentity",
            "aws.secretsmanager.ListSecrets");

    record Scenario(Metadata metadata, Given given, When when, Then then) {

        record Metadata(String name) {}

        record Given(String policy) {}

        record When(
                String type,
                String resource,
                String environment,
                JsonNode parameters,
                @Nullable String intent) {}

        record Then(
                String verdict,
                @Nullable String title,
                @Nullable String risk,
                List<String> rules,
                @Nullable Map<String, Integer> slots,
                @Nullable Duration deadline,
                @Nullable String saferAlternative,
                @Nullable Duration retryAfter,
                @Nullable String explanation) {}
    }

    @TestFactory
    Stream<DynamicTest> shouldJudgeAsEachScenarioSays() throws Exception {
        // Given
        Policy starter = PolicyFile.load(STARTER, Limits.STANDARD);
        return scenarios().stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario.metadata().name(), () -> {
                    assertThat(scenario.given().policy())
                            .isEqualTo(starter.set().name());
                    // When
                    Verdict verdict = starter.judge(request(scenario.when()), Requests.NOW);
                    // Then
                    assertVerdict(verdict, scenario.then());
                }));
    }

    @TestFactory
    Stream<DynamicTest> shouldStopRealAttacksAndLetTheReadsBesideThemPass() throws Exception {
        // Given
        assumeTrue(Files.isDirectory(CLOUDTRAIL), "The CloudTrail records are not beside this project: " + CLOUDTRAIL);
        Policy starter = PolicyFile.load(STARTER, Limits.STANDARD);
        try (Stream<Path> files = Files.list(CLOUDTRAIL)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                        for (JsonNode record : Json.events().readTree(file.toFile())) {
                            ActionRequested request = request(record);
                            // When
                            Verdict verdict = starter.judge(request, Requests.NOW);
                            // Then
                            String type = request.action().type().value();
                            assertThat(verdict)
                                    .as(type)
                                    .isInstanceOf(
                                            DENIED.contains(type)
                                                    ? AutoDenied.class
                                                    : ALLOWED.contains(type)
                                                            ? AutoAllowed.class
                                                            : ApprovalRequired.class);
                            assertThat(verdict.assessment().explanation()).doesNotContain("could not be judged");
                        }
                    }));
        }
    }

    private static void assertVerdict(Verdict verdict, Scenario.Then then) {
        assertThat(kind(verdict)).isEqualTo(then.verdict());
        assertThat(verdict.assessment().rules().stream().map(MatchedRule::id))
                .containsExactlyInAnyOrderElementsOf(then.rules());
        Requirement requirement = verdict instanceof ApprovalRequired approval ? approval.requirement() : null;
        AutoDenied denied = verdict instanceof AutoDenied one ? one : null;
        assertIfSaid(then.title(), verdict.assessment().title());
        assertIfSaid(then.risk(), verdict.assessment().risk().name().toLowerCase(Locale.ROOT));
        assertIfSaid(then.explanation(), verdict.assessment().explanation());
        assertIfSaid(then.slots(), requirement == null ? null : slots(requirement));
        assertIfSaid(then.deadline(), requirement == null ? null : requirement.deadline());
        assertIfSaid(then.saferAlternative(), denied == null ? null : denied.saferAlternative());
        assertIfSaid(then.retryAfter(), denied == null ? null : denied.retryAfter());
    }

    private static void assertIfSaid(@Nullable Object expected, @Nullable Object actual) {
        if (expected != null) {
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static Map<String, Integer> slots(Requirement requirement) {
        return requirement.slots().stream().collect(Collectors.toMap(Slot::group, Slot::approvals));
    }

    private static String kind(Verdict verdict) {
        return switch (verdict) {
            case AutoAllowed allowed -> "allowed";
            case AutoDenied denied -> "denied";
            case ApprovalRequired required -> "approval-required";
        };
    }

    private static List<Scenario> scenarios() throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            for (Path file : files.sorted().toList()) {
                var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
                for (Object document : yaml.loadAll(Files.readString(file))) {
                    scenarios.add(Json.strict().convertValue(document, Scenario.class));
                }
            }
        }
        return scenarios;
    }

    private static ActionRequested request(Scenario.When when) {
        return Requests.of(
                when.type(),
                when.resource(),
                when.environment(),
                when.parameters().toString(),
                new Person("dana", null),
                Optional.ofNullable(when.intent()).orElse("a scenario"));
    }

    private static ActionRequested request(JsonNode record) {
        String service = record.get("eventSource").textValue().replace(".amazonaws.com", "");
        JsonNode parameters = record.path("requestParameters");
        return Requests.of(
                "aws.%s.%s".formatted(service, record.get("eventName").textValue()),
                record.get("recipientAccountId").textValue(),
                "production",
                (parameters.isObject() ? parameters : JsonNodeFactory.instance.objectNode()).toString());
    }
}
