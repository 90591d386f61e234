package io.obstat.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import io.obstat.decision.Roster.Agent;
import io.obstat.decision.Roster.Delegation;
import io.obstat.decision.directory.Rows;
import io.obstat.decision.directory.Rows.Owned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Property
    void shouldTakeAllForOnePersonWhoAreChainedByKeys(@ForAll("members") List<Member> members) {
        // Given
        Roster roster = new Roster(members, List.of(), List.of());

        // When / Then by the slow way: join whatever shares a key until nothing changes
        for (Member member : members) {
            assertThat(roster.keys(member)).isEqualTo(joined(member, members));
        }
    }

    @Property
    void shouldTellAliasesApartFromStrangersTheSameBothWays(@ForAll("members") List<Member> members) {
        // Given
        Roster roster = new Roster(members, List.of(), List.of());

        // Then
        for (Member one : members) {
            for (Member other : members) {
                boolean alias = !disjoint(roster.keys(one), roster.keys(other));
                assertThat(roster.keys(one).equals(roster.keys(other))).isEqualTo(alias);
            }
        }
    }

    @Property
    void shouldGiveNobodyAGroupByAnEmailAddress(@ForAll("members") List<Member> members) {
        // Given
        Roster roster = new Roster(members, List.of(), List.of());

        // When somebody whom no channel vouches for says that they have everybody's address
        Set<String> gained = members.stream()
                .flatMap(member -> member.identities().stream())
                .filter(identity -> identity.channel() == Channel.EMAIL)
                .flatMap(address -> roster.groups(token(new Person("stranger", address.value()), "own")).stream())
                .collect(Collectors.toSet());

        // Then
        assertThat(gained).isSubsetOf("own");
    }

    @Property
    void shouldGiveTheInactiveNoGroupWhateverTheirTokenSays(@ForAll("members") List<Member> members) {
        // Given
        Roster roster = new Roster(members, List.of(), List.of());

        // When / Then
        for (Member member : members) {
            for (Identity identity : member.identities()) {
                if (identity.channel() == Channel.OIDC) {
                    assertThat(roster.groups(token(new Person(identity.value(), null), "from-token")))
                            .isEqualTo(member.active() ? member.groups() : Set.of());
                }
            }
        }
    }

    /** Rights go by the exact key, since a sub is; and the token's groups only for somebody of whom the directory has no key at all. */
    @Test
    void shouldCountTheTokensGroupsForStrangersOnly() {
        // Given
        Member ann = new Member(
                "1",
                Set.of(
                        new Identity(Channel.OIDC, "ann@corp.com"),
                        new Identity(Channel.EMAIL, "Ann.Mail@corp.com"),
                        new Identity(Channel.SLACK, "T1/U1")),
                Set.of("oncall"),
                true);
        Roster roster = new Roster(List.of(ann), List.of(), List.of());
        List<Reviewer> halfKnown = List.of(
                token(new Person("Ann@corp.com", null), "from-token"),
                token(new Person("uuid", "ann@corp.com"), "from-token"),
                token(new Person("uuid", "ann.mail@CORP.com"), "from-token"),
                token(new Person("ann.mail@corp.com", null), "from-token"),
                token(new Person("t1/u1", null), "from-token"),
                new Reviewer(new Person("u1", null), List.of("from-token"), Identification.CHAT, "slack:T1"));

        // Then
        assertThat(halfKnown).allSatisfy(reviewer -> {
            assertThat(roster.groups(reviewer)).isEmpty();
            assertThat(roster.knows(reviewer)).isTrue();
            assertThat(roster.member(reviewer)).isEmpty();
        });
        Reviewer known = token(new Person("ann@corp.com", null), "from-token");
        assertThat(roster.groups(known)).containsExactly("oncall");
        assertThat(roster.knows(known)).isTrue();
        Reviewer stranger = token(new Person("uuid", "other@corp.com"), "from-token");
        assertThat(roster.groups(stranger)).containsExactly("from-token");
        assertThat(roster.knows(stranger)).isFalse();
    }

    @Test
    void shouldLetAFormerKeyTellWhoSomebodyIsAndGiveNothing() {
        // Given
        Member ann = new Member(
                "1",
                Set.of(new Identity(Channel.OIDC, "anna")),
                Set.of(new Identity(Channel.OIDC, "ann"), new Identity(Channel.EMAIL, "ann@x")),
                Set.of("oncall"),
                true);
        Roster roster = new Rows(
                        List.of(ann),
                        List.of(),
                        List.of(new Owned(new AgentId("etl-agent"), "EMAIL", "Ann@x")),
                        Set.of())
                .roster();
        Reviewer former = token(new Person("ann", null), "oncall");

        // Then
        assertThat(roster.groups(former)).isEmpty();
        assertThat(roster.member(former)).isEmpty();
        assertThat(roster.hasLeft(former)).isTrue();
        assertThat(roster.known("ann@x")).isEmpty();
        assertThat(roster.keys(former)).containsExactly("ann", "ann@x", "anna");
        assertThat(roster.keys(ann)).isEqualTo(roster.keys(former));
        assertThat(roster.ownerKeys(new AgentId("etl-agent"))).isEqualTo(roster.keys(former));
    }

    @Test
    void shouldTakeNobodyForAnAgentWhoseKeyIsOnlySuspended() {
        // Given
        Member ann = member("ann", true);
        Roster roster = new Rows(List.of(ann), List.of(), List.of(), Set.of(new AgentId("ann"))).roster();
        Roster owned = new Rows(
                        List.of(ann),
                        List.of(),
                        List.of(new Owned(new AgentId("ann"), "OIDC", "ben")),
                        Set.of(new AgentId("ann")))
                .roster();

        // Then
        assertThat(roster.isSuspended(new AgentId("ann"))).isTrue();
        assertThat(roster.isAgent(ann)).isFalse();
        assertThat(roster.isAgent(token(ann.person()))).isFalse();
        assertThat(owned.isAgent(ann)).isTrue();
        assertThat(owned.isAgent(token(ann.person()))).isTrue();
    }

    @Test
    void shouldTakeAnOwnersKeyForNobodysId() {
        // Given an owner who is to come, and somebody whose id is what will be their key
        Roster roster = new Rows(
                        List.of(new Member("7", Set.of(new Identity(Channel.OIDC, "ben")), Set.of(), true)),
                        List.of(),
                        List.of(new Owned(new AgentId("etl-agent"), "OIDC", "7")),
                        Set.of())
                .roster();

        // Then
        assertThat(roster.ownerKeys(new AgentId("etl-agent"))).containsExactly("7");
    }

    @Test
    void shouldKnowAPersonInAChatByTeamAndUser() {
        // Given
        Member ann = new Member(
                "1",
                Set.of(new Identity(Channel.SLACK, "T1/U1"), new Identity(Channel.ENTRA, "tenant/object")),
                Set.of("oncall"),
                true);
        Roster roster = new Roster(List.of(ann), List.of(), List.of());

        // Then
        assertThat(roster.groups(chat("slack:T1", "U1"))).containsExactly("oncall");
        assertThat(roster.groups(chat("entra:tenant", "object"))).containsExactly("oncall");
        assertThat(roster.groups(chat("slack:T2", "U1"))).isEmpty();
        assertThat(roster.groups(token(new Person("U1", null)))).isEmpty();
    }

    @Test
    void shouldLetSomebodyStandInFromTheFirstMomentToBeforeTheLast() {
        // Given
        Member ann = member("ann", true);
        Member ben = member("ben", true);
        Delegation delegation = new Delegation("ann", "ben", NOON, NOON.plus(DAY));
        Roster roster = new Roster(List.of(ann, ben), List.of(delegation), List.of());
        Reviewer stand = token(new Person("ben", null));

        // Then
        assertThat(roster.standsFor(stand, NOON.minusNanos(1))).isEmpty();
        assertThat(roster.standsFor(stand, NOON)).containsExactly(ann);
        assertThat(roster.standsFor(stand, NOON.plus(DAY).minusNanos(1))).containsExactly(ann);
        assertThat(roster.standsFor(stand, NOON.plus(DAY))).isEmpty();
    }

    @Test
    void shouldLetNobodyStandInWhenEitherIsGone() {
        // Given
        List<Delegation> delegations = List.of(new Delegation("ann", "ben", NOON, NOON.plus(DAY)));
        Reviewer stand = token(new Person("ben", null));

        // Then
        assertThat(new Roster(List.of(member("ann", false), member("ben", true)), delegations, List.of())
                        .standsFor(stand, NOON))
                .isEmpty();
        assertThat(new Roster(List.of(member("ann", true), member("ben", false)), delegations, List.of())
                        .standsFor(stand, NOON))
                .isEmpty();
    }

    @Test
    void shouldKnowAnOwnerByEveryKeyEvenWhenNoMemberHasIt() {
        // Given
        Agent agent = new Agent(new AgentId("etl-agent"), Set.of("ann"), Set.of("Somebody@Example.com"), true);
        Roster roster = new Roster(List.of(member("ann", true)), List.of(), List.of(agent));

        // Then
        assertThat(roster.ownerKeys(new AgentId("etl-agent")))
                .containsExactly("ann", "ann@example.com", "somebody@example.com");
        assertThat(roster.ownerKeys(new AgentId("other"))).isEmpty();
        assertThat(roster.isSuspended(new AgentId("etl-agent"))).isTrue();
        assertThat(roster.isSuspended(new AgentId("other"))).isFalse();
    }

    @Test
    void shouldTakeNoKeyThatProvesForTwo() {
        // Given
        Member ann = new Member("1", Set.of(new Identity(Channel.OIDC, "ann")), Set.of(), true);
        Member other = new Member("2", Set.of(new Identity(Channel.OIDC, "ann")), Set.of(), false);

        // Then
        assertThatThrownBy(() -> new Roster(List.of(ann, other), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ann");
    }

    /** Few addresses for many people, so that they share some; subjects are each one's own, in either case. */
    @Provide
    Arbitrary<List<Member>> members() {
        Arbitrary<Set<Identity>> addresses = Arbitraries.of("a@x", "A@X", "b@x", "c@x", "d@x")
                .map(value -> new Identity(Channel.EMAIL, value))
                .set()
                .ofMaxSize(2);
        Arbitrary<Member> member = net.jqwik.api.Combinators.combine(
                        addresses,
                        Arbitraries.of(true, false),
                        Arbitraries.of("g1", "g2").set())
                .as((keys, active, groups) -> new Member("", keys, groups, active));
        return member.list().ofMaxSize(8).map(RosterTest::numbered);
    }

    private static List<Member> numbered(List<Member> members) {
        List<Member> numbered = new ArrayList<>();
        for (Member member : members) {
            String subject = "Subject-" + numbered.size();
            Set<Identity> keys = new HashSet<>(member.identities());
            keys.add(new Identity(Channel.OIDC, subject));
            numbered.add(new Member("m" + numbered.size(), keys, member.groups(), member.active()));
        }
        return numbered;
    }

    private static Set<String> joined(Member member, List<Member> members) {
        Set<String> keys = lower(member);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Member other : members) {
                grown |= !disjoint(keys, lower(other)) && keys.addAll(lower(other));
            }
        }
        return keys;
    }

    private static Set<String> lower(Member member) {
        return member.identities().stream()
                .map(identity -> identity.value().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean disjoint(Set<String> one, Set<String> other) {
        return one.stream().noneMatch(other::contains);
    }

    private static Member member(String name, boolean active) {
        return new Member(
                name,
                Set.of(new Identity(Channel.OIDC, name), new Identity(Channel.EMAIL, name + "@example.com")),
                Set.of(),
                active);
    }

    private static Reviewer token(Person person, String... groups) {
        return new Reviewer(person, List.of(groups), Identification.BEARER_TOKEN, "https://issuer.example.com");
    }

    private static Reviewer chat(String authority, String user) {
        return new Reviewer(new Person(user, null), List.of(), Identification.CHAT, authority);
    }
}
