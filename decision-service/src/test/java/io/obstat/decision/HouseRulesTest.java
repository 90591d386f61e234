package io.obstat.decision;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What keeps the core a core. */
class HouseRulesTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.obstat.decision");

    @Test
    void shouldKeepTheCorePure() {
        classes()
                .that()
                .resideInAPackage("io.obstat.decision")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.obstat.decision", "io.obstat.contracts..", "java..", "org.jspecify..")
                .check(OURS);
    }

    @Test
    void shouldLetTheCoreKnowNoClockAndNoChance() {
        noClasses()
                .that()
                .resideInAPackage("io.obstat.decision")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .check(OURS);
    }

    @Test
    void shouldKeepDatabaseAndBrokerBehindTheirPorts() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.obstat.decision.http",
                        "io.obstat.decision.inbox..",
                        "io.obstat.decision.reactive",
                        "io.obstat.decision.webauthn")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.obstat.decision.postgres",
                        "io.obstat.decision.kafka",
                        "org.hibernate..",
                        "jakarta.persistence..",
                        "org.apache.kafka..")
                .check(OURS);
    }

    @Test
    void shouldKeepWebAuthnInItsPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.obstat.decision.webauthn")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.webauthn4j..", "tools.jackson..")
                .check(OURS);
    }
}
