package io.obstat.decision.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.decision.Member;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import io.obstat.decision.Roster;
import io.obstat.decision.Roster.Agent;
import io.obstat.decision.Roster.Delegation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandInTest {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Member ANN = member("1", true, "ann", "ann@example.com");
    private static final Roster ROSTER = new Roster(
            List.of(
                    ANN,
                    member("2", true, "ben", "ben@example.com"),
                    member("3", true, "ann-admin", "ANN@example.com"),
                    member("4", false, "gone", "gone@example.com"),
                    member("5", true, "cat", "shared@example.com"),
                    member("6", true, "dan", "shared@example.com"),
                    member("7", true, "etl-agent", "etl@example.com"),
                    member("8", true, "ben@example.org", "eve@example.com"),
                    member("9", true, "eve", "ben@example.org")),
            List.of(),
            List.of(new Agent(new AgentId("etl-agent"), Set.of("1"), Set.of(), false)));

    @ParameterizedTest
    @CsvSource({"ben", "BEN", "ben@example.com"})
    void shouldKnowAColleagueByEitherKey(String to) {
        // When
        Delegation delegation = to(to).of(ANN, ROSTER, NOON);

        // Then
        assertThat(delegation).isEqualTo(new Delegation("1", "2", NOON, NOON.plus(Duration.ofDays(1))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nobody             | whom the directory does not have
            gone               | whom the directory does not have
            shared@example.com | a key that 2 people have
            ben@example.org    | a key that 2 people have
            ann                | is yourself
            ann-admin          | is yourself
            etl-agent          | is an agent
            etl@example.com    | is an agent
            """)
    void shouldRefuseWhoCannotStandIn(String to, String reason) {
        assertThatThrownBy(() -> to(to).of(ANN, ROSTER, NOON))
                .isInstanceOfSatisfying(
                        InvalidFieldException.class, e -> assertThat(e.field()).isEqualTo("to"))
                .hasMessageContaining(reason);
    }

    @Test
    void shouldBoundTheDates() {
        assertThat(new StandIn("ben", NOON, NOON.plus(Duration.ofDays(90)), null))
                .isNotNull();
        assertInvalid("until", () -> new StandIn("ben", NOON, NOON, null));
        assertInvalid(
                "until",
                () -> new StandIn("ben", NOON, NOON.plus(Duration.ofDays(90)).plusNanos(1), null));
        assertInvalid("until", () -> to("ben").of(ANN, ROSTER, NOON.plus(Duration.ofDays(1))));
        assertInvalid("since", () -> from(NOON.plus(Duration.ofDays(366)).plusNanos(1)));
        assertInvalid("since", () -> from(Instant.parse("+300000-01-01T00:00:00Z")));
        assertThat(from(NOON.plus(Duration.ofDays(366)))).isNotNull();
        assertInvalid("to", () -> new StandIn(" ", NOON, NOON.plusSeconds(1), null));
        assertInvalid("reason", () -> new StandIn("ben", NOON, NOON.plusSeconds(1), "x".repeat(501)));
    }

    private static void assertInvalid(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        InvalidFieldException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    private static Delegation from(Instant since) {
        return new StandIn("ben", since, since.plus(Duration.ofDays(1)), null).of(ANN, ROSTER, NOON);
    }

    private static StandIn to(String to) {
        return new StandIn(to, NOON, NOON.plus(Duration.ofDays(1)), null);
    }

    private static Member member(String id, boolean active, String subject, String email) {
        return new Member(
                id, Set.of(new Identity(Channel.OIDC, subject), new Identity(Channel.EMAIL, email)), Set.of(), active);
    }
}
