package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.event.Decision;
import io.obstat.sdk.Refusal.Edited;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** INVARIANT: when a reviewer changed the inputs, those run or nothing does, and they are those whose digest was signed. */
class EditedInputsTest extends AgainstFakeObstat {

    private static final ActionDraft DRAFT = NothingRunsWithoutGrantTest.keyed("job-1");
    private static final ActionId ID = ActionId.derive(FakeObstat.AGENT, "job-1");
    private static final Parameters ASKED = DRAFT.action().parameters();
    private static final Parameters EDITED = parameters("csv", 100);
    private static final Parameters OTHER = parameters("csv", 48_210);

    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void shouldTellTheOtherInputsAndRunNothing() throws InterruptedException {
        // Given
        decided(EDITED, UnaryOperator.identity());

        // When
        Attempt<Integer> attempt = client.run(DRAFT, grant -> runs.incrementAndGet());

        // Then
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.NotRun.class,
                        not -> assertThat(not.why())
                                .isInstanceOfSatisfying(
                                        Edited.class,
                                        edited -> assertThat(edited.action().parameters())
                                                .isEqualTo(EDITED)));
        assertThat(attempt.message())
                .contains("It is allowed with other inputs than you asked for, and with no others: " + EDITED)
                .endsWith("Nothing was run.");
        NothingRunsWithoutGrantTest.assertNothingRan(obstat, runs);
        assertThat(obstat.paths()).doesNotContain("POST /v1/grants/redeem");
    }

    @Test
    void shouldRunExactlyTheOtherInputsForWhomTheyWillDo() throws InterruptedException {
        // Given
        decided(EDITED, UnaryOperator.identity());

        // When
        Attempt<Parameters> attempt =
                client.runAsEdited(DRAFT, grant -> grant.action().parameters());

        // Then
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Ran.class, ran -> assertThat(ran.value()).isEqualTo(EDITED));
        assertThat(obstat.redeemed).containsValue(ID);
        assertThat(obstat.reports).containsExactly("succeeded");
        assertThat(obstat.misuses).isEmpty();
    }

    @Test
    void shouldRunWhatWasAskedWhereNobodyChangedIt() throws InterruptedException {
        // Given / When
        Attempt<Parameters> attempt =
                client.runAsEdited(DRAFT, grant -> grant.action().parameters());

        // Then
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Ran.class, ran -> assertThat(ran.value()).isEqualTo(ASKED));
    }

    @Test
    void shouldTakeInputsThatAreChangedBackForWhatWasAsked() throws InterruptedException {
        // Given
        decided(ASKED, UnaryOperator.identity());

        // When / Then
        assertThat(client.request(DRAFT).await(Duration.ofSeconds(60))).isInstanceOf(Approved.class);
    }

    @Test
    void shouldRedeemForTheOtherInputsOnly() throws InterruptedException {
        // Given an agent that takes them and runs what it asked for all the same
        decided(EDITED, UnaryOperator.identity());
        Answer answer = client.request(DRAFT).await(Duration.ofSeconds(60));
        assertThat(answer).isInstanceOf(Edited.class);
        Approved approved = ((Edited) answer).approved();

        // When
        Redemption asked = approved.redeem(DRAFT.action());
        Redemption edited = approved.redeem();

        // Then
        assertThat(asked)
                .isInstanceOfSatisfying(
                        Refusal.GrantRefused.class,
                        refused -> assertThat(refused.cause()).isEqualTo("digest-differs"));
        assertThat(obstat.misuses).containsExactly("digest-differs");
        assertThat(edited).isInstanceOf(Redeemed.class);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALLOWED")
    void shouldTellEveryOtherEndingOfChangedInputs(Outcome outcome) throws InterruptedException {
        // Given
        obstat.decision(ID, obstat.decider.parameters(EDITED).decide(ID, digest(EDITED), FakeObstat.AGENT, outcome));

        // When / Then
        assertThat(client.request(DRAFT).await(Duration.ofSeconds(60)))
                .isInstanceOfSatisfying(
                        Refusal.ByDecision.class,
                        no -> assertThat(no.decision().outcome()).isEqualTo(outcome));
    }

    /** What somebody between decision-service and the agent can make of a decision, and what decision-service would never sign. */
    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("other inputs than were signed", EDITED, good -> Decider.withInputs(good, OTHER)),
                forgery("inputs that were asked for", EDITED, good -> Decider.withInputs(good, ASKED)),
                forgery("inputs left out", EDITED, good -> Decider.withInputs(good, null)),
                forgery("inputs put in", null, good -> Decider.withInputs(good, OTHER)),
                forgery("inputs put in with their digest", null, good -> Decider.on(good, digest(OTHER), OTHER)),
                forgery("other inputs with their digest", EDITED, good -> Decider.on(good, digest(OTHER), OTHER)),
                forgery("the digest that was asked for", EDITED, good -> Decider.on(good, digest(ASKED), null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void shouldNotRunOnForgedInputs(String name, @Nullable Parameters decided, UnaryOperator<Decision> forgery)
            throws InterruptedException {
        // Given
        decided(decided, forgery);

        // When / Then
        assertThatThrownBy(() -> client.run(DRAFT, grant -> runs.incrementAndGet()))
                .isInstanceOf(UntrustedException.class);
        assertThatThrownBy(() -> client.runAsEdited(DRAFT, grant -> runs.incrementAndGet()))
                .isInstanceOf(UntrustedException.class);
        NothingRunsWithoutGrantTest.assertNothingRan(obstat, runs);
        assertThat(obstat.paths()).doesNotContain("POST /v1/grants/redeem");
    }

    @Test
    void shouldNotRunChangedInputsOnAGrantForWhatWasAsked() throws InterruptedException {
        // Given
        obstat.decider.grant(claims -> {
            claims.put("action_digest", digest(ASKED).value());
            return claims;
        });
        decided(EDITED, UnaryOperator.identity());

        // When / Then
        assertThatThrownBy(() -> client.runAsEdited(DRAFT, grant -> runs.incrementAndGet()))
                .isInstanceOf(UntrustedException.class)
                .hasMessageContaining("grant action_digest");
        NothingRunsWithoutGrantTest.assertNothingRan(obstat, runs);
    }

    private void decided(@Nullable Parameters parameters, UnaryOperator<Decision> afterwards)
            throws InterruptedException {
        Decider decider = obstat.decider.afterwards(afterwards);
        if (parameters != null) {
            decider.parameters(parameters);
        }
        obstat.decision(
                ID,
                decider.decide(ID, digest(parameters == null ? ASKED : parameters), FakeObstat.AGENT, Outcome.ALLOWED));
    }

    private static ActionDigest digest(Parameters parameters) {
        Action asked = DRAFT.action();
        return ActionDigest.of(
                FakeObstat.AGENT, null, new Action(asked.type(), asked.resource(), asked.environment(), parameters));
    }

    private static Parameters parameters(String format, int rows) {
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        return Parameters.of(inputs.put("format", format).put("rows", rows));
    }

    private static Arguments forgery(String name, @Nullable Parameters decided, UnaryOperator<Decision> forgery) {
        return Arguments.of(name, decided, forgery);
    }
}
