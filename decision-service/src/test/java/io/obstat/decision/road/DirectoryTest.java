package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.Roster;
import io.obstat.decision.directory.DirectoryFile;
import io.obstat.decision.directory.Listing;
import io.obstat.decision.directory.Listings;
import io.obstat.decision.directory.RefusedException;
import io.obstat.decision.reactive.Rosters;
import io.obstat.decision.reactive.UnavailableException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the directory's file says, on its way through a real database into the roster. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class DirectoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Listings listings;

    @Inject
    Rosters rosters;

    @AfterEach
    void forget() throws SQLException {
        Database.forgetDirectory();
    }

    @Test
    void shouldKnowWhomTheFileNames() {
        // When
        boolean changed = apply("""
                people:
                  - {id: ann, identities: {oidc: [ann], email: [ann@example.com], slack: [T1/U1]}, groups: [oncall, platform]}
                  - {id: ben, identities: {oidc: [ben], email: [ben@example.com]}, groups: [oncall]}
                agents:
                  - {id: etl-agent, owners: {ids: [ann], email: [ben@example.com], oidc: [not-here-yet]}}
                """);

        // Then
        assertThat(changed).isTrue();
        Roster roster = roster();
        assertThat(roster.groups(token("ann", "from-token"))).containsExactlyInAnyOrder("oncall", "platform");
        assertThat(roster.groups(token("ben"))).containsExactly("oncall");
        assertThat(roster.groups(token("stranger", "from-token"))).containsExactly("from-token");
        assertThat(roster.keys(new Person("x", "ANN@example.com"))).contains("ann", "t1/u1");
        assertThat(roster.ownerKeys(new AgentId("etl-agent")))
                .containsExactly("ann", "ann@example.com", "ben", "ben@example.com", "not-here-yet", "t1/u1");
    }

    @Test
    void shouldTakeEverythingFromWhomTheFileNoLongerNames() {
        // Given
        apply("""
                people:
                  - {id: ann, identities: {oidc: [ann]}, groups: [oncall]}
                  - {id: ben, identities: {oidc: [ben]}, groups: [oncall]}
                agents:
                  - {id: etl-agent, owners: {ids: [ben]}}
                """);

        // When
        apply("people: [{id: ann, identities: {oidc: [ann]}, groups: [platform]}]");

        // Then
        assertThat(roster().groups(token("ann", "from-token"))).containsExactly("platform");
        assertThat(roster().groups(token("ben", "oncall")))
                .as("who is gone is nobody, whatever their token says")
                .isEmpty();
        assertThat(roster().ownerKeys(new AgentId("etl-agent"))).isEmpty();

        // When they come back
        apply("people: [{id: ben, identities: {oidc: [ben]}, groups: [platform]}]");

        // Then
        assertThat(roster().groups(token("ben", "oncall"))).containsExactly("platform");
        assertThat(roster().groups(token("ann", "platform"))).isEmpty();
    }

    @Test
    void shouldTakeEverythingFromTheFilesPeopleWhenThereIsNoFile() {
        // Given
        apply("people: [{id: ann, identities: {oidc: [ann]}, groups: [oncall]}]");

        // When
        boolean changed = listings.apply(Listing.NONE).await().atMost(PATIENCE);

        // Then
        assertThat(changed).isTrue();
        assertThat(roster().groups(token("ann", "oncall"))).isEmpty();
        assertThat(listings.apply(Listing.NONE).await().atMost(PATIENCE)).isFalse();
    }

    @Test
    void shouldMoveAKeyWithThePersonWhoGetsAnotherId() {
        // Given
        apply("people: [{id: old, identities: {oidc: [ann], email: [ann@example.com]}, groups: [oncall]}]");

        // When
        apply("people: [{id: new, identities: {oidc: [ann]}, groups: [platform]}]");

        // Then
        assertThat(roster().groups(token("ann"))).containsExactly("platform");
    }

    @Test
    void shouldGiveNothingToAKeyThatTheFileTakesFromSomebodyWhoStays() {
        // Given
        apply("""
                people:
                  - {id: ann, identities: {oidc: [ann@corp], email: [ann@corp], slack: [T1/U1]}, groups: [oncall]}
                  - {id: ben, identities: {oidc: [ben, b2]}, groups: [oncall]}
                """);

        // When one gets another name, and the other loses a key to a third
        String renamed = """
                people:
                  - {id: ann, identities: {oidc: [anna], email: [ann@corp]}, groups: [oncall]}
                  - {id: ben, identities: {oidc: [ben]}, groups: [oncall]}
                  - {id: cat, identities: {oidc: [b2]}, groups: [platform]}
                """;
        apply(renamed);

        // Then
        assertThat(roster().groups(token("anna"))).containsExactly("oncall");
        assertThat(roster().groups(token("ann@corp", "from-token"))).isEmpty();
        assertThat(roster().hasLeft(token("ann@corp"))).isTrue();
        assertThat(roster().groups(token("b2", "from-token"))).containsExactly("platform");
        assertThat(roster().keys(new Person("b2", null))).containsExactly("b2");

        // When the file is read again
        apply(renamed.replace("platform", "security"));

        // Then
        assertThat(roster().groups(token("ann@corp", "from-token"))).isEmpty();
        assertThat(roster().keys(new Person("ann@corp", null)))
                .as("whose it was is remembered")
                .containsExactly("ann@corp", "anna", "t1/u1");

        // When it gives the name back, and the other key to somebody else
        apply("""
                people:
                  - {id: ann, identities: {oidc: [ann@corp], email: [ann@corp]}, groups: [oncall]}
                  - {id: dan, identities: {oidc: [anna], slack: [T1/U1]}, groups: [platform]}
                """);

        // Then
        assertThat(roster().groups(token("ann@corp", "from-token"))).containsExactly("oncall");
        assertThat(roster().groups(token("anna", "from-token"))).containsExactly("platform");
    }

    @Test
    void shouldDoNothingForAFileThatSaysTheSame() {
        // Given
        apply("people: [{id: ann, identities: {oidc: [ann]}}]");
        Roster before = roster();

        // When
        boolean changed = apply("# a comment\npeople:\n  - id: ann\n    identities: {oidc: [ann]}\n");

        // Then
        assertThat(changed).isFalse();
        assertThat(roster()).as("nothing was loaded again").isSameAs(before);
    }

    @Test
    void shouldRefuseAFileThatNamesWhomScimProvisions() throws SQLException {
        // Given
        Database.execute("""
                insert into decision.members (id, source, active, deleted, created_at, changed_at)
                values ('1', 'scim', true, false, now(), now()), ('2', 'scim', false, true, now(), now());
                insert into decision.identities (member_id, channel, value)
                values ('1', 'OIDC', 'ann'), ('1', 'EMAIL', 'ann@example.com'), ('2', 'OIDC', 'gone');
                update decision.directory_version set version = version + 1""");

        // When / Then
        assertThatThrownBy(() ->
                        apply("people: [{id: x, identities: {oidc: [x]}}, {id: ann, identities: {oidc: [x2, ANN]}}]"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("people[1].identities.oidc[1] is \"OIDC ANN\", a key of SCIM user 1;");
        assertThatThrownBy(() -> apply("people: [{id: ann, identities: {email: [ann@example.com]}}]"))
                .hasMessageContaining("people[0].identities.email[0]");
        assertThatThrownBy(() -> apply("people: [{id: gone, identities: {oidc: [gone]}}]"))
                .hasMessageContaining("who was deleted there");
        assertThatThrownBy(() -> apply("people: [{id: '1', identities: {oidc: [y]}}]"))
                .hasMessageContaining("people[0].id");
        assertThat(roster().groups(token("x", "from-token")))
                .as("nothing of a refused file is there")
                .containsExactly("from-token");
    }

    @Test
    void shouldSeeWhatAnotherInstanceCommitted() throws SQLException {
        // Given
        apply("people: [{id: ann, identities: {oidc: [ann]}, groups: [oncall]}]");
        assertThat(roster().groups(token("ann"))).containsExactly("oncall");

        // When
        Database.execute("update decision.members set active = false; "
                + "update decision.directory_version set version = version + 1");

        // Then
        assertThat(roster().groups(token("ann", "oncall"))).isEmpty();
    }

    @Test
    void shouldSayThatNobodyKnowsWhileTheDatabaseDoesNotAnswer() throws SQLException {
        // Given
        roster();
        Database.execute("alter table decision.directory_version rename to directory_version_gone");
        try {
            // When / Then
            assertThatThrownBy(this::roster).isInstanceOf(UnavailableException.class);
        } finally {
            Database.execute("alter table decision.directory_version_gone rename to directory_version");
        }
        assertThat(roster().groups(token("ann", "from-token"))).containsExactly("from-token");
    }

    @Test
    void shouldHoldAHundredThousandPeople() throws SQLException {
        // Given
        Database.execute("""
                insert into decision.members (id, source, active, deleted, created_at, changed_at)
                select 'm' || n, 'scim', true, false, now(), now() from generate_series(1, 100000) n;
                insert into decision.identities (member_id, channel, value)
                select 'm' || n, channel, 'person-' || n || suffix from generate_series(1, 100000) n,
                    (values ('OIDC', ''), ('EMAIL', '@example.com'), ('SLACK', '/U')) keys (channel, suffix);
                insert into decision.groups (id, source, name, created_at, changed_at)
                select 'g' || n, 'scim', 'group-' || n, now(), now() from generate_series(0, 99) n;
                insert into decision.memberships (group_id, member_id)
                select 'g' || (n + k) % 100, 'm' || n from generate_series(1, 100000) n, generate_series(0, 2) k;
                analyze decision.members, decision.identities, decision.groups, decision.memberships;
                update decision.directory_version set version = version + 1""");

        // When
        long before = System.nanoTime();
        Roster roster = roster();
        long loaded = System.nanoTime();
        Roster again = roster();
        long looked = System.nanoTime();

        // Then
        System.out.printf(
                "100,000 members loaded in %d ms; a look at the version takes %d us%n",
                Duration.ofNanos(loaded - before).toMillis(),
                Duration.ofNanos(looked - loaded).toNanos() / 1_000);
        assertThat(roster.groups(token("person-100000"))).isEqualTo(Set.of("group-0", "group-1", "group-2"));
        assertThat(again).isSameAs(roster);
    }

    private boolean apply(String yaml) {
        return listings.apply(DirectoryFile.parse(yaml.getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(PATIENCE);
    }

    private Roster roster() {
        return rosters.current().await().atMost(PATIENCE);
    }

    private static Reviewer token(String subject, String... groups) {
        return new Reviewer(
                new Person(subject, null), List.of(groups), Identification.BEARER_TOKEN, "https://issuer.example.com");
    }
}
