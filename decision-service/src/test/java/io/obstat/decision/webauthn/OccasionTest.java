package io.obstat.decision.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Review.Verb;
import io.obstat.decision.Examples;
import io.obstat.decision.webauthn.Occasion.AddingKey;
import io.obstat.decision.webauthn.Occasion.MakingKey;
import io.obstat.decision.webauthn.Occasion.NamingStandIn;
import io.obstat.decision.webauthn.Occasion.RemovingKey;
import io.obstat.decision.webauthn.Occasion.Reviewing;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A challenge is made of all that its answer must be good for. */
class OccasionTest {

    private static final KeyHolder ANN = new KeyHolder("https://issuer.example.com", "ann");
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final byte[] NONCE = {1, 2, 3};
    private static final ActionId ACTION = ActionId.derive(new AgentId("etl-agent"), "one");
    private static final ActionDigest DIGEST = new ActionDigest("sha256:" + "0".repeat(64));
    private static final Reviewing REVIEW = new Reviewing(ACTION, DIGEST, Verb.APPROVE, "because", null);

    @Test
    void shouldMakeAnotherChallengeForEverythingElse() {
        // Given
        List<Occasion> occasions = List.of(
                REVIEW,
                new Reviewing(ActionId.derive(new AgentId("etl-agent"), "two"), DIGEST, Verb.APPROVE, "because", null),
                new Reviewing(ACTION, Examples.otherDigest(), Verb.APPROVE, "because", null),
                new Reviewing(ACTION, DIGEST, Verb.REJECT, "because", null),
                new Reviewing(ACTION, DIGEST, Verb.APPROVE, "because of", null),
                new Reviewing(ACTION, DIGEST, Verb.APPROVE, "", null),
                new Reviewing(ACTION, DIGEST, Verb.APPROVE, null, null),
                new Reviewing(ACTION, DIGEST, Verb.APPROVE, null, "because"),
                new Reviewing(ACTION, DIGEST, Verb.APPROVE, "because", "{}"),
                new NamingStandIn("ben", NOON, NOON.plusSeconds(1), "because"),
                new NamingStandIn("mallory", NOON, NOON.plusSeconds(1), "because"),
                new NamingStandIn("ben", NOON.minusSeconds(1), NOON.plusSeconds(1), "because"),
                new NamingStandIn("ben", NOON, NOON.plusSeconds(2), "because"),
                new NamingStandIn("ben", NOON, NOON.plusSeconds(1), null),
                new AddingKey(),
                new RemovingKey("a"),
                new RemovingKey("b"),
                new MakingKey(true),
                new MakingKey(false));

        // When
        Stream<String> challenges = occasions.stream().map(occasion -> challenge(occasion, ANN, NONCE));

        // Then
        assertThat(challenges).doesNotHaveDuplicates().allMatch(challenge -> challenge.length() == 43);
    }

    @Test
    void shouldMakeAnotherChallengeForEverybodyElseAndEachTime() {
        assertThat(challenge(REVIEW, ANN, NONCE)).isEqualTo(challenge(REVIEW, ANN, NONCE.clone()));
        assertThat(Stream.of(
                        challenge(REVIEW, ANN, NONCE),
                        challenge(REVIEW, new KeyHolder(ANN.authority(), "ben"), NONCE),
                        challenge(REVIEW, new KeyHolder("https://other.example.com", "ann"), NONCE),
                        challenge(REVIEW, new KeyHolder(ANN.authority() + "a", "nn"), NONCE),
                        challenge(REVIEW, ANN, new byte[] {1, 2, 4})))
                .doesNotHaveDuplicates();
    }

    private static String challenge(Occasion occasion, KeyHolder holder, byte[] nonce) {
        return KeyHolder.base64url(occasion.challenge(holder, nonce));
    }
}
