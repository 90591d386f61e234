package io.obstat.systemtests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of the house that a compiler does not know. */
class ArchitectureTest {

    /** Each service's module and package. */
    private static final Map<String, String> SERVICES = new TreeMap<>(Map.of(
            "request-intake", "io.obstat.intake",
            "policy-engine", "io.obstat.policy",
            "notifier", "io.obstat.notifier",
            "decision-service", "io.obstat.decision",
            "audit-ledger", "io.obstat.ledger"));

    private static final Set<String> NO_NAMES = Set.of(
            "impl",
            "internal",
            "service",
            "services",
            "dto",
            "mapper",
            "mapping",
            "util",
            "utils",
            "common",
            "model",
            "helper");
    private static final Pattern TOPIC_NAME = Pattern.compile("obstat\\.[a-z.]*[a-z]");

    private static final Pattern CHANNEL =
            Pattern.compile("mp\\.messaging\\.(?<way>incoming|outgoing)\\.(?<channel>[^.]+)\\.connector");

    /** A JSON value, which is part of the vocabulary of contracts; reading and writing JSON is not. */
    private static final DescribedPredicate<JavaClass> JSON_TREE = resideInAPackage(
                    "com.fasterxml.jackson.databind.node")
            .or(assignableTo(JsonNode.class))
            .or(assignableTo(JsonPointer.class))
            .as("are JSON values");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/generated-"))
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPaths(Stream.concat(SERVICES.keySet().stream(), Stream.of("contracts", "agent-sdk", "deploy/local"))
                    .map(module -> Repository.root().resolve(module).resolve("target/classes"))
                    .toList());

    @Test
    void shouldHaveClassesOfEveryServiceToJudge() {
        SERVICES.forEach((module, root) -> assertThat(
                        ALL.stream().filter(type -> type.getPackageName().startsWith(root)))
                .as("compiled classes of " + module)
                .isNotEmpty());
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepTheDomainPure() {
        return SERVICES.entrySet().stream()
                .map(service -> DynamicTest.dynamicTest(
                        service.getKey(),
                        () -> classes()
                                .that(resideInAPackage(service.getValue()))
                                .should()
                                .onlyDependOnClassesThat(resideInAnyPackage(
                                                service.getValue(),
                                                "java..",
                                                "io.obstat.contracts..",
                                                "org.jspecify.annotations",
                                                "com.fasterxml.jackson.annotation")
                                        .or(JSON_TREE))
                                .because("a service's root package is the domain: JDK and contracts only")
                                .check(ALL)));
    }

    /** Removals of entities of one kind share a future (hibernate-reactive#1713), so that of those at once some never end, and keep their locks. */
    @Test
    void shouldDeleteRowsByStatementsOnly() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(name("org.hibernate.reactive.mutiny.Mutiny$Session")))
                        .and(target(nameMatching("remove(All)?"))))
                .because("removals through a session at the same time may never end")
                .check(ALL);
    }

    @TestFactory
    Stream<DynamicTest> shouldLeaveTheClockAndTheDiceToTheShell() {
        return SERVICES.entrySet().stream()
                .map(service -> DynamicTest.dynamicTest(
                        service.getKey(),
                        () -> noClasses()
                                .that(resideInAPackage(service.getValue()))
                                .should()
                                .callMethod(Instant.class, "now")
                                .orShould()
                                .callMethod(System.class, "currentTimeMillis")
                                .orShould()
                                .callMethod(UUID.class, "randomUUID")
                                .orShould()
                                .callConstructor(SecureRandom.class)
                                .because("now and ids are arguments")
                                .check(ALL)));
    }

    @Test
    void shouldKeepServicesApart() {
        for (Map.Entry<String, String> service : SERVICES.entrySet()) {
            String[] others = Stream.concat(
                            SERVICES.values().stream().filter(root -> !root.equals(service.getValue())),
                            Stream.of("io.obstat.sdk", "io.obstat.local"))
                    .map(root -> root + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that(resideInAPackage(service.getValue() + ".."))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(others))
                    .because("services share contracts and talk over Kafka and HTTP")
                    .check(ALL);
        }
    }

    @Test
    void shouldKeepContractsFreeOfEverythingOfOurs() {
        noClasses()
                .that(resideInAPackage("io.obstat.contracts.."))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.obstat..").and(not(resideInAPackage("io.obstat.contracts.."))))
                .check(ALL);
    }

    @Test
    void shouldKeepQuarkusOutOfTheSdk() {
        noClasses()
                .that(resideInAPackage("io.obstat.sdk.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.quarkus..", "io.smallrye..", "jakarta.."))
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void shouldNameNoPackageAfterNothing() {
        assertThat(packages())
                .filteredOn(name -> Stream.of(name.split("\\.")).anyMatch(NO_NAMES::contains))
                .isEmpty();
    }

    @Test
    void shouldMarkEveryPackageForNullness() {
        Set<String> unmarked = ALL.stream()
                .filter(type -> type.getPackageName().startsWith("io.obstat"))
                .map(JavaClass::getPackage)
                .filter(pack -> !pack.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    /** A service's configuration names topics as text; each must be one that {@link Topics} gives this service to read or to write. */
    @Test
    void shouldNameOnlyTopicsThatTheServiceMayUse() throws IOException {
        Map<String, Topic> known = Topics.all().stream().collect(Collectors.toMap(Topic::name, topic -> topic));
        for (String module : SERVICES.keySet()) {
            for (String property : settings(module)) {
                Matcher names = TOPIC_NAME.matcher(property);
                while (names.find()) {
                    Topic topic = known.get(names.group());
                    assertThat(topic).as("%s names %s", module, names.group()).isNotNull();
                    String base = topic.name().replaceFirst("\\.dlq$", "");
                    Topic carried = known.get(base);
                    assertThat(Stream.concat(Stream.of(carried.writer()), carried.readers().stream())
                                    .map(ServiceName::value))
                            .as("%s names %s, which it neither reads nor writes", module, names.group())
                            .contains(module);
                }
            }
        }
    }

    /** A channel goes one way: a service writes only topics that are its own, and reads only those that count it among their readers. */
    @Test
    void shouldWriteOnlyTopicsOfItsOwnAndReadOnlyThoseItIsAReaderOf() throws IOException {
        Map<String, Topic> known = Topics.all().stream().collect(Collectors.toMap(Topic::name, topic -> topic));
        int channels = 0;
        for (String module : SERVICES.keySet()) {
            Properties properties = properties(module);
            for (String property : new TreeSet<>(properties.stringPropertyNames())) {
                Matcher channel = CHANNEL.matcher(property);
                if (!channel.matches()) {
                    continue;
                }
                channels++;
                // A channel that names no topic has the topic of its own name.
                String name =
                        properties.getProperty(property.replaceFirst("connector$", "topic"), channel.group("channel"));
                Topic topic = known.get(name);
                assertThat(topic)
                        .as("%s: %s has the topic %s", module, property, name)
                        .isNotNull();
                Stream<ServiceName> allowed =
                        channel.group("way").equals("outgoing") ? Stream.of(topic.writer()) : topic.readers().stream();
                assertThat(allowed.map(ServiceName::value))
                        .as("who may have %s %s", channel.group("way"), name)
                        .contains(module);
            }
        }
        assertThat(channels).as("channels").isPositive();
    }

    @Test
    void shouldWriteEveryEventTopicFromExactlyOneService() {
        assertThat(Topics.eventTopics()).extracting(Topic::writer).doesNotContainNull();
        assertThat(Topics.all().stream().map(Topic::name)).doesNotHaveDuplicates();
    }

    private static Properties properties(String module) throws IOException {
        Path file = Repository.root().resolve(module).resolve("src/main/resources/application.properties");
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static List<String> settings(String module) throws IOException {
        Properties properties = properties(module);
        return properties.stringPropertyNames().stream()
                .filter(name -> name.endsWith("topic"))
                .map(properties::getProperty)
                .toList();
    }

    private static Set<String> packages() {
        return ALL.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("io.obstat"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
