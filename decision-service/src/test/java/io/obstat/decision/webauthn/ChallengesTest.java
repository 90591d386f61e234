package io.obstat.decision.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each challenge is taken back once, in time, and for what it was made for. */
class ChallengesTest {

    private static final KeyHolder ANN = new KeyHolder("https://issuer.example.com", "ann");
    private static final KeyHolder BEN = new KeyHolder("https://issuer.example.com", "ben");
    private static final Occasion REMOVING = new Occasion.RemovingKey("a");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final SetClock clock = new SetClock();
    private final Challenges challenges = new Challenges(new InMemory(), clock);

    @Test
    void shouldTakeAChallengeBackOnce() {
        // Given
        String challenge = issue();

        // When, then
        assertThat(redeem(challenge, ANN, REMOVING)).isEmpty();
        assertThat(redeem(challenge, ANN, REMOVING)).contains(Refusal.SPENT);
    }

    @Test
    void shouldTakeItBackForFiveMinutes() {
        // Given
        String intime = issue();
        String late = issue();

        // When, then
        clock.now = clock.now.plus(FIVE_MINUTES.minusMillis(1));
        assertThat(redeem(intime, ANN, REMOVING)).isEmpty();
        clock.now = clock.now.plusMillis(1);
        assertThat(redeem(late, ANN, REMOVING)).contains(Refusal.SPENT);
    }

    @Test
    void shouldTakeItBackForNothingElseAndUseItUp() {
        // Given
        String forAnother = issue();
        String fromAnother = issue();

        // When, then
        assertThat(redeem(forAnother, ANN, new Occasion.RemovingKey("b"))).contains(Refusal.FOR_SOMETHING_ELSE);
        assertThat(redeem(fromAnother, BEN, REMOVING)).contains(Refusal.FOR_SOMETHING_ELSE);
        assertThat(redeem(forAnother, ANN, REMOVING)).contains(Refusal.SPENT);
        assertThat(redeem(fromAnother, ANN, REMOVING)).contains(Refusal.SPENT);
    }

    @Test
    void shouldTakeNoneThatItDidNotMake() {
        assertThat(redeem(KeyHolder.base64url(REMOVING.challenge(ANN, new byte[32])), ANN, REMOVING))
                .contains(Refusal.SPENT);
    }

    @Test
    void shouldNeverMakeTheSameTwice() {
        assertThat(issue()).isNotEqualTo(issue());
    }

    private String issue() {
        return challenges.issue(ANN, REMOVING).await().indefinitely();
    }

    private Optional<Refusal> redeem(String challenge, KeyHolder holder, Occasion occasion) {
        return challenges.redeem(challenge, holder, occasion).await().indefinitely();
    }

    private static final class InMemory implements ChallengeStore {

        private final Map<String, Issued> kept = new HashMap<>();

        @Override
        public Uni<Void> keep(Issued challenge) {
            kept.put(challenge.challenge(), challenge);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Optional<Issued>> take(String challenge) {
            return Uni.createFrom().item(Optional.ofNullable(kept.remove(challenge)));
        }
    }

    private static final class SetClock extends Clock {

        private Instant now = Instant.parse("2026-11-22T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
