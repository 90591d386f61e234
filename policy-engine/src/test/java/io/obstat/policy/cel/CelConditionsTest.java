package io.obstat.policy.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.policy.Consequence;
import io.obstat.policy.Finding;
import io.obstat.policy.Finding.Reason;
import io.obstat.policy.Requests;
import io.obstat.policy.Rule;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelConditionsTest {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Consequence ALLOW = new Consequence.Allow();
    private static final Consequence REQUIRE =
            new Consequence.Require(new Requirement(List.of(new Slot("platform", 1)), Duration.ofHours(1)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action.type == 'data.export'",
                "action.resource.startsWith('postgres://prod/') && action.resource.matches('customers$')",
                "action.environment in ['production']",
                "'Production'.lowerAscii() == action.environment",
                "action.parameters.rows > 100",
                "action.parameters.rows == 48210.0",
                "action.parameters.share < 0.5 && action.parameters.share > 0",
                "has(action.parameters.where) && !has(action.parameters.limit)",
                "action.parameters.nothing == null",
                "action.parameters.columns.exists(column, column == 'email')",
                "action.parameters.nested.list[1].name == 'b'",
                "agent.id == 'etl-agent' && agent.owner == 'owner' && agent.onBehalfOf == 'dana' && agent.method == 'oidc'",
                "now == timestamp('2026-11-22T12:00:00Z') && now.getHours('Europe/Berlin') == 13",
                "action.parameters.missing == 1 || action.type == 'data.export'"
            })
    void shouldApplyWhenTheConditionHolds(String when) throws Exception {
        // Given
        ActionRequested request = request();
        // When
        Finding finding = finding(when, ALLOW, request);
        // Then
        assertThat(finding).isEqualTo(new Finding.Applies());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action.type == 'data.delete'",
                "action.parameters.where == 3",
                "action.parameters.missing == 1 && action.type == 'data.delete'"
            })
    void shouldNotApplyWhenTheConditionDoesNotHold(String when) throws Exception {
        // Given
        ActionRequested request = request();
        // When
        Finding finding = finding(when, ALLOW, request);
        // Then
        assertThat(finding).isEqualTo(new Finding.DoesNotApply());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            action.parameters.missing == 1                    | MISSING_FIELD
            !(action.parameters.missing == 1)                 | MISSING_FIELD
            has(action.parameters.missing.deeper)             | MISSING_FIELD
            action.parameters.columns[99] == 'email'          | MISSING_FIELD
            action.parameters.where > 3                       | WRONG_TYPE
            action.parameters.where                           | WRONG_TYPE
            action.parameters.rows.startsWith('a')            | WRONG_TYPE
            1 / (action.parameters.rows - 48210) == 1         | FAILED
            timestamp(action.parameters.where) < now          | FAILED
            action.parameters.rows * 9223372036854775807 > 1  | FAILED
            """)
    void shouldBeUndecidedWhenTheConditionCannotBeWorkedOut(String when, Reason reason) throws Exception {
        // Given
        ActionRequested request = request();
        // When
        Finding finding = finding(when, ALLOW, request);
        // Then
        assertThat(finding).isEqualTo(new Finding.Undecided(reason));
    }

    @Test
    void shouldBeUndecidedAboutThePersonWhenTheAgentActsForNobody() throws Exception {
        // Given
        ActionRequested request = Requests.of("data.export", "r", "production", "{}", null, "why");
        // When
        Finding reading = finding("agent.onBehalfOf == 'dana'", ALLOW, request);
        Finding asking = finding("!has(agent.onBehalfOf)", ALLOW, request);
        // Then
        assertThat(reading).isEqualTo(new Finding.Undecided(Reason.MISSING_FIELD));
        assertThat(asking).isEqualTo(new Finding.Applies());
    }

    @ParameterizedTest
    @CsvSource({"100000.0", "1e5", "100000", "1.0E+5"})
    void shouldFindTheSameHoweverAWholeNumberIsWritten(String number) throws Exception {
        // Given requests of one digest
        ActionRequested request = Requests.of("data.export", "r", "production", "{\"rows\":%s}".formatted(number));
        // When
        Finding finding =
                finding("type(action.parameters.rows) == int && action.parameters.rows == 100000", ALLOW, request);
        // Then
        assertThat(finding).isEqualTo(new Finding.Applies());
    }

    @Test
    void shouldTellWhatIsClaimedFromWhatIsAsked() throws Exception {
        // Given
        ActionRequested request = request();
        // When
        Finding finding = finding("claimed.intent.contains('churn')", REQUIRE, request);
        // Then
        assertThat(finding).isEqualTo(new Finding.AppliesByClaim());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claimed.intent == 'x'",
                "action.type == 'data.export' && has(claimed.run)",
                "[1].exists(x, claimed.model == 'x')",
                ".claimed.intent == 'x'",
                "dyn(claimed).intent == 'x'"
            })
    void shouldRefuseAnAllowThatRestsOnAClaim(String when) {
        // Given a rule of effect allow, When compiled, Then
        assertThatThrownBy(() -> finding(when, ALLOW, request()))
                .isInstanceOf(BadConditionException.class)
                .hasMessageContaining("rule one")
                .hasMessageContaining("can never support an allow");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            action.typ == 'x'                                | undefined field 'typ'
            action.type == 3                                 | no matching overload
            action.type                                      | expected type 'bool'
            history.size() == 0                              | undeclared reference to 'history'
            action.type ==                                   | mismatched input
            action.type.matches('(')                         | Regex validation failed
            action.type.matches(action.parameters.pattern)   | write the pattern out
            matches(action.type, action.resource)            | write the pattern out
            now > timestamp('yesterday')                     | timestamp validation failed
            """)
    void shouldRefuseWhatIsNoCondition(String when, String problem) {
        // Given a condition that cannot be used, When compiled, Then
        assertThatThrownBy(() -> finding(when, REQUIRE, request()))
                .isInstanceOf(BadConditionException.class)
                .hasMessageContaining("rule one")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action.parameters.list.exists(a, action.parameters.list.exists(b, a + b > 1000))",
                "action.parameters.list.all(a, action.parameters.list.all(b, action.parameters.list.all(c, a + b + c < 1000)))",
                "action.parameters.list.map(a, action.parameters.list.map(b, b)).size() == 3",
                "action.parameters.list.map(a, action.parameters.text + action.parameters.text).size() == 3",
                "action.parameters.list.exists(a, action.parameters.text.matches('(x+x+)+y'))"
            })
    void shouldStopAConditionThatTakesTooLong(String when) throws Exception {
        // Given the largest inputs that a request can have
        ActionRequested request = largeRequest();
        var conditions = CelConditions.compile(List.of(rule("one", when, ALLOW)), Limits.STANDARD);
        // When
        long start = THREADS.getCurrentThreadCpuTime();
        List<Finding> findings = conditions.test(request, Requests.NOW);
        long end = THREADS.getCurrentThreadCpuTime();
        // Then it is undecided within a second of this thread's own time: what the machine does beside does not count
        assertThat(findings).containsExactly(new Finding.Undecided(Reason.TOO_COSTLY));
        assertThat(Duration.ofNanos(end - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void shouldStopAtTheTimeLimitEvenInsideOfALogicalOperator() throws Exception {
        // Given a clock of which each look costs 10 ms, and far more iterations than fit into 50 ms
        var clock = new AtomicLong();
        var conditions = CelConditions.compile(
                List.of(rule(
                        "one", "action.parameters.list.exists(a, a > 1000) || action.type == 'data.export'", ALLOW)),
                new Limits(1_000_000, Duration.ofMillis(50), Duration.ofMillis(250)),
                () -> clock.getAndAdd(Duration.ofMillis(10).toNanos()));
        // When
        List<Finding> findings = conditions.test(largeRequest(), Requests.NOW);
        // Then
        assertThat(findings).containsExactly(new Finding.Undecided(Reason.TOO_COSTLY));
        assertThat(clock.get()).isLessThan(Duration.ofMillis(100).toNanos());
    }

    @Test
    void shouldJudgeTheRulesBehindACostlyOne() throws Exception {
        // Given a costly rule before a cheap one
        var conditions = CelConditions.compile(
                List.of(
                        rule(
                                "costly",
                                "action.parameters.list.exists(a, action.parameters.list.exists(b, a + b > 1000))",
                                ALLOW),
                        rule("cheap", "action.type == 'data.export'", ALLOW)),
                Limits.STANDARD);
        // When
        List<Finding> findings = conditions.test(largeRequest(), Requests.NOW);
        // Then
        assertThat(findings).containsExactly(new Finding.Undecided(Reason.TOO_COSTLY), new Finding.Applies());
    }

    @Test
    void shouldLeaveTheRestUndecidedWhenTheTimeOfTheRequestIsUp() throws Exception {
        // Given a clock of which each look costs 100 ms
        var clock = new AtomicLong();
        Rule cheap = rule("cheap", "action.type == 'data.export'", ALLOW);
        var conditions = CelConditions.compile(
                List.of(cheap, cheap, cheap, cheap),
                Limits.STANDARD,
                () -> clock.getAndAdd(Duration.ofMillis(100).toNanos()));
        // When
        List<Finding> findings = conditions.test(request(), Requests.NOW);
        // Then
        assertThat(findings)
                .containsExactly(
                        new Finding.Applies(),
                        new Finding.Applies(),
                        new Finding.Undecided(Reason.TOO_COSTLY),
                        new Finding.Undecided(Reason.TOO_COSTLY));
    }

    private static ActionRequested request() {
        return Requests.of("data.export", "postgres://prod/customers", "production", """
                {"rows":48210,"share":0.25,"where":"country = 'DE'","columns":["name","email"],"nothing":null,
                 "nested":{"list":[{"name":"a"},{"name":"b"}]}}
                """);
    }

    private static ActionRequested largeRequest() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 8_000; i++) {
            list.add(i % 10);
        }
        String parameters = "{\"list\":%s,\"text\":\"%s\"}".formatted(list, "x".repeat(16_000));
        return Requests.of("data.export", "r", "production", parameters);
    }

    private static Finding finding(String when, Consequence then, ActionRequested request)
            throws BadConditionException {
        return CelConditions.compile(List.of(rule("one", when, then)), Limits.STANDARD)
                .test(request, Requests.NOW)
                .getFirst();
    }

    private static Rule rule(String id, String when, Consequence then) {
        return new Rule(id, when, then, Risk.LOW, "a test says so");
    }
}
