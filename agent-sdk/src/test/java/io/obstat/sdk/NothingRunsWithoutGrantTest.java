package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * INVARIANT: the work is called only with a grant that decision-service signed, for this agent, this action and this digest, and that it took for
 * redeemed. Everything else ends in a {@link Refusal} or an {@link ObstatException}, and the counter of runs stays at nought.
 */
class NothingRunsWithoutGrantTest {

    private final Instant now = Instant.now();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALLOWED")
    void shouldNotRunWhatWasNotAllowed(Outcome outcome) throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given
            obstat.outcome = outcome;
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), grant -> runs.incrementAndGet());

            // Then
            assertThat(attempt).isInstanceOf(Attempt.NotRun.class);
            assertThat(attempt.message()).contains("Policy said " + outcome).endsWith("Nothing was run.");
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotRunWhileNobodyHasDecided() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client =
                        obstat.connection().patience(Duration.ofMillis(300)).connect()) {
            // Given
            obstat.outcome = null;
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), grant -> runs.incrementAndGet());

            // Then
            assertThat(attempt)
                    .isInstanceOfSatisfying(
                            Attempt.NotRun.class, not -> assertThat(not.why()).isInstanceOf(Refusal.Undecided.class));
            assertNothingRan(obstat, runs);
        }
    }

    static Stream<Arguments> lies() {
        String otherDigest = "sha256:" + "ab".repeat(32);
        return Stream.of(
                lie("statement of another issuer", d -> d.statement(with("iss", "https://evil.example.com"))),
                lie("statement for another agent", d -> d.statement(with("sub", "other-agent"))),
                lie("statement on another action", d -> d.statement(with("action_id", "act_" + "a".repeat(26)))),
                lie("statement on another digest", d -> d.statement(with("action_digest", otherDigest))),
                lie("statement says denied", d -> d.statement(with("outcome", "denied"))),
                lie("statement says Allowed", d -> d.statement(with("outcome", "ALLOWED"))),
                lie("statement without outcome", d -> d.statement(with("outcome", null))),
                lie("statement with an outcome that is no text", d -> d.statement(with("outcome", 1))),
                lie("statement on other words", d -> d.statement(with("told", otherDigest))),
                lie("statement on no words", d -> d.statement(with("told", null))),
                lie("another decider", d -> d.afterwards(telling(t -> told(DecidedBy.PEOPLE, t.reason(), null, t)))),
                lie("another reason", d -> d.afterwards(telling(t -> told(t.decidedBy(), "Hand it on.", null, t)))),
                lie("another alternative", d -> d.afterwards(telling(t -> told(t.decidedBy(), t.reason(), "x", t)))),
                lie(
                        "another time",
                        d -> d.afterwards(telling(t -> new Told(
                                t.decidedBy(), t.reason(), null, t.decidedAt().plusSeconds(1), t.decidedAt())))),
                lie(
                        "another moment",
                        d -> d.afterwards(telling(t -> new Told(
                                t.decidedBy(),
                                t.reason(),
                                null,
                                null,
                                t.decidedAt().plusSeconds(1))))),
                lie("statement on another grant", d -> d.statement(with("jti", "grt_" + "a".repeat(26)))),
                lie("statement without grant", d -> d.statement(with("jti", null))),
                lie("grant of another issuer", d -> d.grant(with("iss", "https://evil.example.com"))),
                lie("grant for another agent", d -> d.grant(with("sub", "other-agent"))),
                lie("grant for another audience", d -> d.grant(with("aud", "elsewhere"))),
                lie("grant without audience", d -> d.grant(with("aud", null))),
                lie("grant for another action", d -> d.grant(with("action_id", "act_" + "a".repeat(26)))),
                lie("grant for another digest", d -> d.grant(with("action_digest", otherDigest))),
                lie("grant of another id", d -> d.grant(with("jti", "grt_" + "a".repeat(26)))),
                lie("grant without end", d -> d.grant(with("exp", null))),
                lie("grant with another end", d -> d.grant(with("exp", 9_999_999_999L))),
                lie("a grant as statement", d -> d.types("obstat-grant+jwt", "obstat-grant+jwt")),
                lie("a statement as grant", d -> d.types("obstat-decision+jwt", "obstat-decision+jwt")),
                lie("a plain JWT as grant", d -> d.types("obstat-decision+jwt", "JWT")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void shouldNotRunOnADecisionThatContradictsWhatWasSigned(String name, Consumer<Decider> lie)
            throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given
            lie.accept(obstat.decider);
            var runs = new AtomicInteger();

            // When / Then
            assertThatThrownBy(() -> client.run(draft(), grant -> runs.incrementAndGet()))
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageContaining("Run nothing");
            assertNothingRan(obstat, runs);
        }
    }

    static Stream<Arguments> forgers() {
        Map<String, Object> claims =
                Map.of("iss", Decider.ISSUER, "sub", FakeObstat.AGENT.value(), "outcome", "allowed");
        Signer stranger = new Signer("key-1");
        String typ = "obstat-decision+jwt";
        return Stream.of(
                Arguments.of("a stranger's key under our id", stranger.sign(typ, claims)),
                Arguments.of("a key nobody published", new Signer("key-2").sign(typ, claims)),
                Arguments.of(
                        "alg none",
                        Signer.encoded(Map.of("alg", "none", "kid", "key-1", "typ", typ)) + "." + Signer.encoded(claims)
                                + "."),
                Arguments.of(
                        "alg HS256", stranger.signWith(Map.of("alg", "HS256", "kid", "key-1", "typ", typ), claims)),
                Arguments.of("no kid", stranger.signWith(Map.of("alg", "EdDSA", "typ", typ), claims)),
                Arguments.of(
                        "crit",
                        stranger.signWith(
                                Map.of("alg", "EdDSA", "kid", "key-1", "typ", typ, "crit", new String[] {"x"}, "x", 1),
                                claims)),
                Arguments.of("no JWS", "eyJhbGciOiJFZERTQSJ9.e30"),
                Arguments.of("garbage", "ÿ.\u0007.{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgers")
    void shouldNotRunOnAForgedStatement(String name, String statement) throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given a good decision whose statement is another
            ActionDraft draft = keyed("job-1");
            ActionId id = ActionId.derive(FakeObstat.AGENT, "job-1");
            Decision good = obstat.decider.decide(id, digest(draft), FakeObstat.AGENT, Outcome.ALLOWED);
            obstat.decision(id, withStatement(good, statement));
            var runs = new AtomicInteger();

            // When / Then
            assertThatThrownBy(() -> client.run(draft, grant -> runs.incrementAndGet()))
                    .isInstanceOf(UntrustedException.class);
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotRunOnAGenuineDecisionThatIsOnAnotherDigest() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given what decision-service really signed, but for another version of the action
            ActionId id = ActionId.derive(FakeObstat.AGENT, "job-1");
            ActionDraft other = ActionDraft.of("data.export", "postgres://prod/salaries")
                    .in("production")
                    .because("x")
                    .build();
            obstat.decision(id, obstat.decider.decide(id, digest(other), FakeObstat.AGENT, Outcome.ALLOWED));
            var runs = new AtomicInteger();

            // When / Then
            assertThatThrownBy(() -> client.run(keyed("job-1"), grant -> runs.incrementAndGet()))
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageContaining("The decision is on " + id);
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotRunOnTheDecisionOfAnotherActionOrAgent() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given genuine decisions under the wrong id, and for somebody else
            ActionId id = ActionId.derive(FakeObstat.AGENT, "job-1");
            ActionId elsewhere = ActionId.derive(FakeObstat.AGENT, "job-2");
            var runs = new AtomicInteger();

            // When / Then
            for (Decision decision : new Decision[] {
                obstat.decider.decide(elsewhere, digest(keyed("job-1")), FakeObstat.AGENT, Outcome.ALLOWED),
                obstat.decider.decide(id, digest(keyed("job-1")), new AgentId("other-agent"), Outcome.ALLOWED)
            }) {
                obstat.decision(id, decision);
                assertThatThrownBy(() -> client.run(keyed("job-1"), grant -> runs.incrementAndGet()))
                        .isInstanceOf(UntrustedException.class);
            }
            assertNothingRan(obstat, runs);
        }
    }

    @Property(tries = 60)
    void shouldNotRunAnythingButTheApprovedAction(@ForAll @IntRange(min = 0, max = 6) int what, @ForAll String text)
            throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given an approved action of which one thing was changed afterwards
            Action approved = draft().action();
            Action changed = mutated(approved, what, text);
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), () -> changed, grant -> runs.incrementAndGet());

            // Then nothing ran, the grant is not used up, and the attempt is on record
            assertThat(attempt.message()).contains("is not what was approved");
            assertThat(obstat.misuses).containsExactly("digest-differs");
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotRunAChangedActionEvenWhenItsAttemptCannotBePutOnRecord() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection()
                        .retrying(Duration.ofMillis(50), Duration.ofMillis(10))
                        .connect()) {
            // Given
            Action changed = mutated(draft().action(), 0, "");
            obstat.trouble("redeem", FakeObstat.Kind.UNAVAILABLE, 1_000);
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), () -> changed, grant -> runs.incrementAndGet());

            // Then
            assertThat(attempt.message()).contains("is not what was approved");
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotRunOnAGrantThatWasRedeemedBefore() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given
            var runs = new AtomicInteger();
            Attempt<Integer> first = client.run(keyed("job-1"), grant -> runs.incrementAndGet());

            // When the same job is asked for again, which is the same action with the same grant
            Attempt<Integer> second = client.run(keyed("job-1"), grant -> runs.incrementAndGet());

            // Then
            assertThat(first).isInstanceOf(Attempt.Ran.class);
            assertThat(second)
                    .isInstanceOfSatisfying(
                            Attempt.NotRun.class,
                            not -> assertThat(not.why())
                                    .isInstanceOfSatisfying(
                                            Refusal.GrantRefused.class,
                                            refused ->
                                                    assertThat(refused.cause()).isEqualTo("already-redeemed")));
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    void shouldNotRunWhenTheAnswerToTheRedemptionWasLost() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given a redemption that was carried out, of which this agent never heard
            obstat.trouble("redeem", FakeObstat.Kind.LOST_ANSWER, 1);
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), grant -> runs.incrementAndGet());

            // Then
            assertThat(attempt.message()).contains("probably by this very call").contains("ask again");
            assertThat(runs).hasValue(0);
        }
    }

    @Test
    void shouldNotRunWhenTheRedemptionCannotBeAsked() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection()
                        .retrying(Duration.ofMillis(100), Duration.ofMillis(10))
                        .connect()) {
            // Given
            obstat.trouble("redeem", FakeObstat.Kind.UNAVAILABLE, 1_000);
            var runs = new AtomicInteger();

            // When / Then
            assertThatThrownBy(() -> client.run(draft(), grant -> runs.incrementAndGet()))
                    .isInstanceOf(UnreachableException.class);
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotPresentAGrantThatExpiredLongAgo() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given
            obstat.decider = new Decider(obstat.signer, now.minusSeconds(3_600));
            var runs = new AtomicInteger();

            // When
            Attempt<Integer> attempt = client.run(draft(), grant -> runs.incrementAndGet());

            // Then
            assertThat(attempt.message()).contains("The grant expired at").contains("ask again");
            assertThat(obstat.paths()).doesNotContain("POST /v1/grants/redeem");
            assertNothingRan(obstat, runs);
        }
    }

    @Test
    void shouldNotRunWhenTheServiceUnderstoodAnotherAgent() throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().onBehalfOf("somebody").connect()) {
            // Given a token that does not act for the person this client thinks it acts for
            var runs = new AtomicInteger();

            // When / Then
            assertThatThrownBy(() -> client.run(draft(), grant -> runs.incrementAndGet()))
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageContaining("the token speaks for another agent or person");
            assertNothingRan(obstat, runs);
        }
    }

    private static void assertNothingRan(FakeObstat obstat, AtomicInteger runs) {
        assertThat(runs).hasValue(0);
        assertThat(obstat.redeemed).isEmpty();
        assertThat(obstat.reports).isEmpty();
        assertThat(obstat.violations).isEmpty();
    }

    static ActionDraft draft() {
        return builder().build();
    }

    static ActionDraft keyed(String key) {
        return builder().idempotencyKey(key).build();
    }

    private static ActionDraft.Builder builder() {
        return ActionDraft.of("data.export", "postgres://prod/customers")
                .in("production")
                .with("format", "csv")
                .with("where", Map.of("country", "DE"))
                .because("quarterly churn analysis");
    }

    private static ActionDigest digest(ActionDraft draft) {
        return ActionDigest.of(FakeObstat.AGENT, null, draft.action());
    }

    private static Action mutated(Action action, int what, String text) {
        ObjectNode parameters = action.parameters().asTree();
        switch (what) {
            case 0 -> parameters.putObject("where").put("country", "FR");
            case 1 -> parameters.remove("where");
            case 2 -> parameters.put("limit", text.length());
            case 3 -> parameters.withObject("where").put("country", "de");
            default -> {}
        }
        return new Action(
                what == 4 ? new ActionType("data.Export") : action.type(),
                what == 5 ? action.resource() + "2" : action.resource(),
                what == 6 ? "staging" : action.environment(),
                Parameters.of(parameters));
    }

    private static Arguments lie(String name, Consumer<Decider> lie) {
        return Arguments.of(name, lie);
    }

    private static UnaryOperator<Decision> telling(UnaryOperator<Told> lie) {
        return good -> Decider.telling(good, lie.apply(good.told()));
    }

    private static Told told(DecidedBy decidedBy, String reason, @Nullable String alternative, Told truth) {
        return new Told(decidedBy, reason, alternative, truth.retryNotBefore(), truth.decidedAt());
    }

    private static UnaryOperator<Map<String, Object>> with(String claim, @Nullable Object value) {
        return claims -> {
            var changed = new HashMap<>(claims);
            if (value == null) {
                changed.remove(claim);
            } else {
                changed.put(claim, value);
            }
            return changed;
        };
    }

    private static Decision withStatement(Decision good, String statement) {
        return new Decision(
                good.actionId(),
                good.digest(),
                good.agent(),
                good.outcome(),
                good.decidedBy(),
                good.reason(),
                good.saferAlternative(),
                good.retryNotBefore(),
                good.reviews(),
                good.policySet(),
                good.decidedAt(),
                good.grant(),
                statement);
    }
}
