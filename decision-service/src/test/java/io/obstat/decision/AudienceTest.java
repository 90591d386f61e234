package io.obstat.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is told: those who are asked, and nobody about their own. */
class AudienceTest {

    private static final Decider DECIDER =
            new Decider(new FakeNotary(), new Terms(Duration.ofMinutes(15), Duration.ofHours(1)));
    private static final Instant NOW = Examples.NOON.plusSeconds(1);
    private static final Slot GOVERNANCE = new Slot("data-governance", 1);

    @Test
    void shouldNameThoseWhoAreAskedWithTheGroupsInWhoseName() {
        // Given
        Circumstances at = circumstances(
                member("ann", "data-governance", "sales"), member("ben", "oncall"), member("carl", "sales"));

        // When
        Audience audience = view(null, GOVERNANCE, new Slot("oncall", 1)).audience(at);

        // Then
        assertThat(audience.people())
                .extracting(asked -> asked.member().id(), Audience.Asked::groups)
                .containsExactly(tuple("ann", Set.of("data-governance")), tuple("ben", Set.of("oncall")));
    }

    @Test
    void shouldLeaveOutWhoseOwnItIsAndWhoIsNoneOfUsAndAgents() {
        // Given
        var alias = new Member(
                "olivia",
                Set.of(new Identity(Channel.EMAIL, "OWNER@example.com"), new Identity(Channel.SLACK, "T1/U9")),
                Set.of("data-governance"),
                true);
        var gone = new Member("gone", Set.of(new Identity(Channel.OIDC, "gone")), Set.of("data-governance"), false);
        Circumstances at = circumstances(
                member("ann", "data-governance"),
                member("dora", "data-governance"),
                member("robot", "data-governance", "agents"),
                member("etl-agent", "data-governance"),
                alias,
                gone);

        // When
        Audience audience = view(new Person("dora", null), GOVERNANCE).audience(at);

        // Then
        assertThat(names(audience)).containsExactly("ann");
    }

    @Test
    void shouldNameWhoStandsInForSomebodyButNotForTheOwner() {
        // Given
        var roster = new Roster(
                List.of(
                        member("ann", "data-governance"),
                        member("owner", "data-governance"),
                        member("ben"),
                        member("carl")),
                List.of(
                        new Roster.Delegation("ann", "ben", Examples.NOON, NOW.plusSeconds(1)),
                        new Roster.Delegation("owner", "carl", Examples.NOON, NOW.plusSeconds(1))),
                List.of());

        // When
        ApprovalView view = view(null, GOVERNANCE);

        // Then
        assertThat(names(view.audience(at(roster, NOW)))).containsExactly("ann", "ben");
        assertThat(names(view.audience(at(roster, NOW.plusSeconds(1))))).containsExactly("ann");
    }

    @Test
    void shouldLeaveSomeOutOfALargeGroupAndNobodyOfASmallOne() {
        // Given
        Circumstances at = circumstances(
                member("ann", "data-governance"),
                member("ben", "data-governance"),
                member("carl", "data-governance"),
                member("dora", "oncall"),
                member("emil", "data-governance", "oncall"));

        // When
        Audience audience = view(null, GOVERNANCE, new Slot("oncall", 1)).audience(at);

        // Then
        assertThat(audience.someOfEach(2))
                .extracting(asked -> asked.member().id())
                .containsExactly("ann", "ben", "dora", "emil");
        assertThat(audience.someOfEach(4)).isEqualTo(audience.people());
    }

    @Test
    void shouldNameTheSameOnceItIsDecided() {
        // Given
        ActionRequested request = Examples.request("audience");
        ApprovalState pending =
                Examples.pending(Examples.required(request, Duration.ofMinutes(30), GOVERNANCE), Examples.NOON);
        Circumstances at = circumstances(member("ann", "data-governance"), member("ben", "data-governance"));
        var ann = new Reviewer(new Person("ann", null), List.of(), Identification.OIDC_SESSION, "https://issuer");
        var no = new Review(ReviewId.derive("no"), request.digest(), ann, Review.Verb.REJECT, "not this one", NOW);

        // When
        ApprovalView decided = ApprovalView.of(
                        DECIDER.submit(pending, new Command.Submit(no, at)).next())
                .orElseThrow();

        // Then
        assertThat(decided.pending()).isFalse();
        assertThat(names(decided.audience(at))).containsExactly("ann", "ben");
    }

    @Test
    void shouldNameWhoWaitsForItOnlyWhenThatIsCertain() {
        // Given
        var twice = new Member("other", Set.of(new Identity(Channel.EMAIL, "owner")), Set.of(), true);
        Circumstances known = circumstances(member("owner"), member("dora"));

        // When / Then
        assertThat(view(null, GOVERNANCE).audience(known).requester())
                .map(Member::id)
                .contains("owner");
        assertThat(view(new Person("dora", null), GOVERNANCE).audience(known).requester())
                .map(Member::id)
                .contains("dora");
        assertThat(view(new Person("nobody", null), GOVERNANCE).audience(known).requester())
                .isEmpty();
        assertThat(view(null, GOVERNANCE)
                        .audience(circumstances(member("owner"), twice))
                        .requester())
                .as("two have that key")
                .isEmpty();
    }

    private static List<String> names(Audience audience) {
        return audience.people().stream().map(asked -> asked.member().id()).toList();
    }

    private static ApprovalView view(@Nullable Person onBehalfOf, Slot... slots) {
        ActionRequested request =
                Examples.request("audience", Examples.AGENT, Examples.OWNER, onBehalfOf, Examples.NOON, null);
        return ApprovalView.of(
                        Examples.pending(Examples.required(request, Duration.ofMinutes(30), slots), Examples.NOON))
                .orElseThrow();
    }

    private static Circumstances circumstances(Member... members) {
        return at(new Roster(Arrays.asList(members), List.of(), List.of()), NOW);
    }

    private static Circumstances at(Roster roster, Instant now) {
        return new Circumstances(now, roster, null, Circumstances.Load.NONE);
    }

    private static Member member(String name, String... groups) {
        return new Member(name, Set.of(new Identity(Channel.OIDC, name)), Set.of(groups), true);
    }
}
