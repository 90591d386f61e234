package io.obstat.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Risk;
import io.obstat.contracts.Topics;
import io.obstat.policy.quarkus.PolicyEngine;
import io.obstat.policy.streams.VerdictTopology;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the house that concern this module. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.obstat.policy");

    private static final PolicySet EMPTY = new PolicySet(
            "empty",
            "sha256:none",
            new Titles(Map.of(), Map.of()),
            new Fallback(Risk.LOW, new Requirement(List.of(new Slot("platform", 1)), Duration.ofHours(1))),
            List.of());

    @Test
    void shouldKeepTheCorePure() {
        // Given the root package, When it depends on anything, Then on the JDK and the contracts only
        classes()
                .that()
                .resideInAPackage("io.obstat.policy")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "io.obstat.policy",
                        "io.obstat.contracts..",
                        "org.jspecify..")
                .check(OURS);
    }

    @Test
    void shouldTakeTimeAndChanceAsArguments() {
        // Given everything but the wiring, When it needs the time, Then it is told
        noClasses()
                .that()
                .resideOutsideOfPackage("io.obstat.policy.quarkus")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, java.util.Random.class)
                .check(OURS);
    }

    @Test
    void shouldTakeTheTimeOfAnActivationNowhereButWhereThePolicyIsMade() {
        // Given the wiring, When it tries to announce for the first or the tenth time, Then by the time before any
        // verdict
        noClasses()
                .that()
                .resideInAPackage("io.obstat.policy.quarkus")
                .and()
                .doNotBelongToAnyOf(PolicyEngine.class)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(InstantSource.class)
                .check(OURS);
    }

    @Test
    void shouldMarkEveryPackageForNulls() {
        // Given the packages of this module
        List<JavaPackage> packages =
                OURS.stream().map(type -> type.getPackage()).distinct().toList();
        // When looked at, Then
        assertThat(packages)
                .allMatch(one -> one.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getRelativeName)
                .doesNotContain("impl", "internal", "service", "dto", "mapper", "util", "common", "model", "helper");
    }

    @Test
    void shouldReadAndWriteTheTopicsThatTheContractsGiveIt() {
        // Given the topology
        TopologyDescription topology = VerdictTopology.build(
                        new Policy(EMPTY, (request, now) -> List.of()), InstantSource.system())
                .describe();
        Set<String> read = new HashSet<>();
        Set<String> written = new HashSet<>();
        topology.subtopologies().stream().flatMap(one -> one.nodes().stream()).forEach(node -> {
            switch (node) {
                case TopologyDescription.Source source -> read.addAll(source.topicSet());
                case TopologyDescription.Sink sink -> written.add(sink.topic());
                default -> {}
            }
        });
        // When compared with the contracts, Then
        assertThat(read).containsExactlyInAnyOrder(Topics.ACTIONS.name(), Topics.APPROVALS.name());
        assertThat(written)
                .containsExactlyInAnyOrder(
                        Topics.VERDICTS.name(),
                        Topics.ACTIONS.deadLetters().orElseThrow().name(),
                        Topics.APPROVALS.deadLetters().orElseThrow().name());
    }
}
