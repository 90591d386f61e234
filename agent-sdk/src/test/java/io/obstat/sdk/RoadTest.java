package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.sdk.FakeObstat.Kind;
import io.obstat.sdk.http.HttpObstat;
import io.obstat.sdk.http.TokenSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoadTest extends AgainstFakeObstat {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void shouldAskRedeemRunAndReport() throws InterruptedException {
        // Given / When
        Attempt<String> attempt =
                client.run(draft(), grant -> grant.action().parameters().canonical() + " " + obstat.redeemed.size());

        // Then the work saw the approved inputs, after the redemption
        assertThat(attempt).isInstanceOfSatisfying(Attempt.Ran.class, ran -> {
            assertThat(ran.value()).isEqualTo("{\"format\":\"csv\",\"where\":{\"country\":\"DE\"}} 1");
            assertThat(ran.reported()).isTrue();
        });
        assertThat(obstat.reports).containsExactly("succeeded");
        assertThat(obstat.paths())
                .containsExactly(
                        "POST /v1/actions",
                        "GET /.well-known/jwks.json",
                        "POST /v1/grants/redeem",
                        "POST /v1/grants/ID/execution");
    }

    @Test
    void shouldTakeTheStepsOneByOne() throws InterruptedException {
        // Given
        obstat.outcome = null;
        Requested requested = client.request(draft());
        obstat.decide(requested.actionId(), Outcome.ALLOWED);

        // When
        Answer answer = requested.await(PATIENCE);

        // Then
        assertThat(answer).isInstanceOf(Approved.class);
        assertThat(((Approved) answer).redeem()).isInstanceOfSatisfying(Redeemed.class, redeemed -> {
            assertThat(redeemed.action()).isEqualTo(draft().action());
            assertThat(redeemed.actionId()).isEqualTo(requested.actionId());
        });
    }

    @Test
    void shouldWaitForPeople() throws Exception {
        // Given
        obstat.outcome = null;
        var attempt = CompletableFuture.supplyAsync(() -> run(client));
        await().atMost(PATIENCE).until(() -> !obstat.asked.isEmpty());

        // When
        obstat.decide(obstat.asked.keySet().iterator().next(), Outcome.REJECTED);

        // Then
        assertThat(attempt.get(60, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Attempt.NotRun.class, not -> assertThat(not.why()).isInstanceOf(Refusal.Rejected.class));
    }

    @Test
    void shouldWaitOutARestartOfTheService() throws Exception {
        // Given a client that polls, and a service that goes away under it
        obstat.outcome = null;
        Requested requested = client.request(draft());
        var answer = CompletableFuture.supplyAsync(() -> answer(requested));
        await().atMost(PATIENCE).until(() -> obstat.paths().contains("GET /v1/decisions/ID"));
        int port = obstat.stop();

        // When it comes back after people decided
        obstat.decide(requested.actionId(), Outcome.ALLOWED);
        obstat.startAgain(port);

        // Then
        assertThat(answer.get(60, TimeUnit.SECONDS)).isInstanceOf(Approved.class);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAskOnceHoweverOftenItHasToRepeat(Kind kind) throws InterruptedException {
        // Given
        obstat.trouble("POST /v1/actions", kind, 3);

        // When
        Attempt<Integer> attempt = run(client);

        // Then four calls under one key are one action
        assertThat(attempt).isInstanceOf(Attempt.Ran.class);
        assertThat(obstat.asked).hasSize(1);
        assertThat(obstat.paths()).filteredOn("POST /v1/actions"::equals).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwks", "/execution"})
    void shouldWaitOutTroubleFurtherOn(String path) {
        // Given
        obstat.trouble(path, Kind.UNAVAILABLE, 2);

        // When / Then
        assertThat(run(client))
                .isInstanceOfSatisfying(
                        Attempt.Ran.class, ran -> assertThat(ran.reported()).isTrue());
    }

    @Test
    void shouldMakeEachRequestAnActionOfItsOwnUnlessAKeySaysOtherwise() throws InterruptedException {
        // Given / When
        ActionId one = client.request(draft()).actionId();
        ActionId two = client.request(draft()).actionId();
        ActionId keyed =
                client.request(NothingRunsWithoutGrantTest.keyed("job")).actionId();
        ActionId again =
                client.request(NothingRunsWithoutGrantTest.keyed("job")).actionId();

        // Then
        assertThat(one).isNotEqualTo(two);
        assertThat(keyed).isEqualTo(again).isNotEqualTo(one);
    }

    @Test
    void shouldSayWhyARequestIsRefused() throws InterruptedException {
        // Given
        client.request(NothingRunsWithoutGrantTest.keyed("job"));
        ActionDraft other = ActionDraft.of("data.read", "r")
                .in("production")
                .because("x")
                .idempotencyKey("job")
                .build();

        // When / Then
        assertThatThrownBy(() -> client.request(other))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(422))
                .hasMessageContaining("Key used for another action: Use a new key.")
                .hasMessageContaining("Idempotency-Key names another action");
    }

    @Test
    void shouldGiveUpAfterTheTimeAllowedAndSayWhatToDo() {
        // Given nobody at home
        try (ObstatClient hasty = obstat.connection()
                .retrying(Duration.ofSeconds(2), Duration.ofMillis(10))
                .connect()) {
            obstat.stop();
            long began = System.nanoTime();

            // When / Then
            assertThatThrownBy(() -> hasty.request(draft()))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("POST http://127.0.0.1")
                    .hasMessageContaining("check that the service runs and try again");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofMillis(500), Duration.ofSeconds(60));
        }
    }

    @Test
    void shouldRenewARefusedTokenOnce() throws InterruptedException {
        // Given a token that was revoked
        var tokens = new TokenSource() {
            final AtomicInteger issued = new AtomicInteger();
            volatile String current = "stale";

            @Override
            public String token() {
                return current;
            }

            @Override
            public void rejected(String token) {
                issued.incrementAndGet();
                current = obstat.goodToken;
            }
        };

        // When
        try (ObstatClient renewed = obstat.connection(tokens).connect()) {
            assertThat(run(renewed)).isInstanceOf(Attempt.Ran.class);
        }

        // Then
        assertThat(tokens.issued).hasValue(1);
    }

    @Test
    void shouldGiveUpOnATokenThatIsRefusedTwice() {
        // Given
        try (ObstatClient foreign = obstat.connection(() -> "foreign").connect()) {
            // When / Then
            assertThatThrownBy(() -> foreign.request(draft()))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(401))
                    .hasMessageContaining("Get a new token.");
            assertThat(obstat.calls).hasSize(2);
        }
    }

    @Test
    void shouldWithdraw() throws InterruptedException {
        // Given
        obstat.outcome = null;
        Requested requested = client.request(draft());

        // When
        requested.withdraw("no longer needed");

        // Then
        assertThat(requested.await(PATIENCE)).isInstanceOf(Refusal.Withdrawn.class);
        assertThatThrownBy(() -> requested.withdraw(null))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("too late to withdraw");
    }

    @Test
    void shouldAwaitByIdAlone() throws InterruptedException {
        // Given
        Requested requested = client.request(draft());

        // When
        Optional<Decision> decision = client.awaitDecision(requested.actionId(), PATIENCE);
        Optional<Decision> unknown = client.awaitDecision(ActionId.derive(FakeObstat.AGENT, "nobody"), Duration.ZERO);

        // Then
        assertThat(decision).get().extracting(Decision::outcome).isEqualTo(Outcome.ALLOWED);
        assertThat(unknown).isEmpty();
    }

    @Test
    void shouldNotBePressedIntoABusyLoopByAServiceThatDoesNotHold() throws InterruptedException {
        // Given a service that answers "pending" at once, since less than a second is left
        obstat.outcome = null;
        Requested requested = client.request(draft());

        // When
        Answer answer = requested.await(Duration.ofMillis(900));

        // Then
        assertThat(answer).isInstanceOf(Refusal.Undecided.class);
        assertThat(obstat.calls).hasSizeLessThan(200);
    }

    @Test
    void shouldPollEverMoreRarelyWhenAServiceHoldsNothing() throws InterruptedException {
        // Given a service that answers "pending" at once, because so many wait
        obstat.outcome = null;
        obstat.holds = false;
        Requested requested = client.request(draft());

        // When
        Answer answer = requested.await(Duration.ofSeconds(2));

        // Then there were some 8 pauses, each about twice the one before, and not 200 that are equal
        assertThat(answer).isInstanceOf(Refusal.Undecided.class);
        assertThat(obstat.calls).hasSizeLessThan(20);
    }

    @Test
    void shouldNameWhatADraftLacks() {
        // Given / When / Then
        assertThatThrownBy(() -> ActionDraft.of("data.export", "r").because("x").build())
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("environment (say .in(…)) is missing");
        assertThatThrownBy(() -> ActionDraft.of("data.export", "r").in("p").build())
                .hasMessageContaining("intent (say .because(…)) is missing");
        assertThatThrownBy(() -> ActionDraft.of("data.export", "r")
                        .in("p")
                        .because("x")
                        .with("id", 9_007_199_254_740_993L)
                        .build())
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("id is the number 9007199254740993");
        assertThatThrownBy(() -> NothingRunsWithoutGrantTest.keyed("two words"))
                .hasMessageContaining("idempotencyKey must be 1 to 128 visible ASCII characters without blanks");
        assertThatThrownBy(() -> HttpObstat.agent("a").connect()).hasMessageContaining("intake is missing");
    }

    private static ActionDraft draft() {
        return NothingRunsWithoutGrantTest.draft();
    }

    private static Attempt<Integer> run(ObstatClient client) {
        try {
            return client.run(draft(), grant -> 1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(Requested requested) {
        try {
            return requested.await(PATIENCE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
