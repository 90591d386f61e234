package io.obstat.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class HouseRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.obstat.ledger");

    @Test
    void shouldKeepTheCorePure() {
        noClasses()
                .that()
                .resideInAPackage("io.obstat.ledger")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "io.obstat.ledger",
                        "io.obstat.contracts..",
                        "java..",
                        "com.fasterxml.jackson..",
                        "org.jspecify..")
                .because("the core is JDK and contracts only; JSON trees are what contracts speak in")
                .check(CLASSES);
    }

    @Test
    void shouldGiveTheCoreItsTimeAsAnArgument() {
        noClasses()
                .that()
                .resideInAPackage("io.obstat.ledger")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching("io.obstat.ledger.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldKeepKafkaOutOfThePages() {
        noClasses()
                .that()
                .resideInAnyPackage("..http..", "..pages..", "..postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }
}
