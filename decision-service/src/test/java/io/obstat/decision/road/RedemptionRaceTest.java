package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.GrantId;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.decision.Answer;
import io.obstat.decision.Command;
import io.obstat.decision.Examples;
import io.obstat.decision.RedemptionAnswer;
import io.obstat.decision.kafka.Road;
import io.obstat.decision.reactive.Desk;
import io.obstat.decision.reactive.UnavailableException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Races on a real PostgreSQL: many at once, and exactly one wins. {@code -Dobstat.races=N} runs more of them. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class RedemptionRaceTest {

    private static final int RACES = Integer.getInteger("obstat.races", 200);
    private static final int REDEEMERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Road road;

    @Inject
    Desk desk;

    @Test
    void shouldLetExactlyOneOfManyRedeemersWin() {
        for (int race = 0; race < RACES; race++) {
            // Given
            ActionRequested request = request();
            desk.open(Examples.allowed(request), null).await().atMost(PATIENCE);
            GrantId grant = GrantId.of(request.actionId());
            var redeemers = new ArrayList<Uni<RedemptionAnswer>>();
            for (int i = 0; i < REDEEMERS; i++) {
                redeemers.add(again(desk.redeem(
                        request.actionId(), null, at -> new Command.Redeem(grant, "etl-agent", request.digest(), at))));
            }

            // When
            List<RedemptionAnswer> answers =
                    Uni.join().all(redeemers).andFailFast().await().atMost(PATIENCE);

            // Then
            assertThat(answers)
                    .filteredOn(RedemptionAnswer.Redeemed.class::isInstance)
                    .hasSize(1);
            assertThat(answers)
                    .filteredOn(RedemptionAnswer.Refused.class::isInstance)
                    .hasSize(REDEEMERS - 1);
            if (race == RACES - 1) {
                assertOnRecord(request);
            }
        }
    }

    @Test
    void shouldDecideOnceHoweverManyDecideAtOnce() {
        for (int race = 0; race < RACES / 20; race++) {
            // Given
            ActionRequested request = request();
            var verdict = Examples.required(request, Duration.ofMinutes(30), new Slot("data-governance", 2));
            var commands = new ArrayList<Uni<Answer>>();
            for (int i = 0; i < REDEEMERS; i++) {
                Review.Verb verb = i == REDEEMERS - 1 ? Review.Verb.REJECT : Review.Verb.APPROVE;
                commands.add(again(desk.open(verdict, null)).map(answer -> answer));
                Review review = Examples.review(
                        "%s %d".formatted(request.actionId(), i),
                        request,
                        verb,
                        Examples.person("person" + i),
                        List.of("data-governance"),
                        Instant.now());
                commands.add(again(desk.reviewFromChannel(request.actionId(), review, null))
                        .map(answer -> answer));
            }

            // When the verdict comes for the first time several times at once, among the reviews
            Uni.join().all(commands).andFailFast().await().atMost(PATIENCE);

            // Then
            Database.awaitPublished(request.actionId());
            assertThat(road.facts(request.actionId(), Decision.class)).hasSize(1);
        }
    }

    /** A database that gave up on a lock, because the machine stood still, has done nothing. */
    private static <T> Uni<T> again(Uni<T> command) {
        return command.onFailure(UnavailableException.class).retry().atMost(3);
    }

    private void assertOnRecord(ActionRequested request) {
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), GrantRedeemed.class)).hasSize(1);
        assertThat(road.facts(request.actionId(), GrantMisused.class)).hasSize(REDEEMERS - 1);
    }

    private static ActionRequested request() {
        return Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
    }
}
