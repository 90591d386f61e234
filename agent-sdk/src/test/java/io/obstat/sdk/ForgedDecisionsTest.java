package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Told;
import io.obstat.contracts.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** INVARIANT: nothing runs on a decision that decision-service did not sign, or signed for something else. */
class ForgedDecisionsTest {

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
            assertThatThrownBy(() -> client.run(NothingRunsWithoutGrantTest.draft(), grant -> runs.incrementAndGet()))
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageContaining("Run nothing");
            NothingRunsWithoutGrantTest.assertNothingRan(obstat, runs);
        }
    }

    /** Each says all that the genuine statement says, so that nothing but the signature can give it away. */
    static Stream<Arguments> forgers() {
        Signer stranger = new Signer("key-1");
        String typ = "obstat-decision+jwt";
        return Stream.of(
                forger("a stranger's key under our id", claims -> stranger.sign(typ, claims)),
                forger("a key nobody published", claims -> new Signer("key-2").sign(typ, claims)),
                forger(
                        "alg none",
                        claims -> Signer.encoded(Map.of("alg", "none", "kid", "key-1", "typ", typ)) + "."
                                + Signer.encoded(claims) + "."),
                forger(
                        "alg HS256",
                        claims -> stranger.signWith(Map.of("alg", "HS256", "kid", "key-1", "typ", typ), claims)),
                forger("no kid", claims -> stranger.signWith(Map.of("alg", "EdDSA", "typ", typ), claims)),
                forger(
                        "crit",
                        claims -> stranger.signWith(
                                Map.of("alg", "EdDSA", "kid", "key-1", "typ", typ, "crit", new String[] {"x"}, "x", 1),
                                claims)),
                forger("no JWS", claims -> "eyJhbGciOiJFZERTQSJ9.e30"),
                forger("garbage", claims -> "ÿ.\u0007.{}"));
    }

    private static Arguments forger(String name, Function<Map<String, ?>, String> forger) {
        return Arguments.of(name, forger);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgers")
    void shouldNotRunOnAForgedStatement(String name, Function<Map<String, ?>, String> forger)
            throws InterruptedException {
        try (var obstat = new FakeObstat();
                var client = obstat.connection().connect()) {
            // Given a good decision whose statement is another
            ActionDraft draft = NothingRunsWithoutGrantTest.keyed("job-1");
            ActionId id = ActionId.derive(FakeObstat.AGENT, "job-1");
            Decision good = obstat.decider.decide(
                    id, NothingRunsWithoutGrantTest.digest(draft), FakeObstat.AGENT, Outcome.ALLOWED);
            Map<String, ?> claims =
                    Json.events().convertValue(Signer.claims(good.statement()), new TypeReference<Map<String, ?>>() {});
            obstat.decision(id, withStatement(good, forger.apply(claims)));
            var runs = new AtomicInteger();

            // When / Then
            assertThatThrownBy(() -> client.run(draft, grant -> runs.incrementAndGet()))
                    .isInstanceOf(UntrustedException.class);
            NothingRunsWithoutGrantTest.assertNothingRan(obstat, runs);
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
            obstat.decision(
                    id,
                    obstat.decider.decide(
                            id, NothingRunsWithoutGrantTest.digest(other), FakeObstat.AGENT, Outcome.ALLOWED));
            var runs = new AtomicInteger();

            // When / Then
            assertThatThrownBy(() ->
                            client.run(NothingRunsWithoutGrantTest.keyed("job-1"), grant -> runs.incrementAndGet()))
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageContaining("The decision is on " + id);
            NothingRunsWithoutGrantTest.assertNothingRan(obstat, runs);
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
                obstat.decider.decide(
                        elsewhere,
                        NothingRunsWithoutGrantTest.digest(NothingRunsWithoutGrantTest.keyed("job-1")),
                        FakeObstat.AGENT,
                        Outcome.ALLOWED),
                obstat.decider.decide(
                        id,
                        NothingRunsWithoutGrantTest.digest(NothingRunsWithoutGrantTest.keyed("job-1")),
                        new AgentId("other-agent"),
                        Outcome.ALLOWED)
            }) {
                obstat.decision(id, decision);
                assertThatThrownBy(() ->
                                client.run(NothingRunsWithoutGrantTest.keyed("job-1"), grant -> runs.incrementAndGet()))
                        .isInstanceOf(UntrustedException.class);
            }
            NothingRunsWithoutGrantTest.assertNothingRan(obstat, runs);
        }
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
                good.asked(),
                good.reason(),
                good.saferAlternative(),
                good.retryNotBefore(),
                good.reviews(),
                good.parameters(),
                good.supersededBy(),
                good.policySet(),
                good.decidedAt(),
                good.grant(),
                statement);
    }
}
