package io.obstat.decision.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.decision.road.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The stores of keys and challenges, when several instances ask at once. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class SecurityKeysStoreTest {

    private static final int AT_ONCE = 8;
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

    @Inject
    @SuppressWarnings("NullAway.Init")
    SecurityKeys keys;

    @Inject
    @SuppressWarnings("NullAway.Init")
    ChallengeStore challenges;

    private final KeyHolder holder =
            new KeyHolder("https://issuer.example.com", UUID.randomUUID().toString());

    @Test
    void shouldStoreOneFirstKeyHoweverManyAreFirst() {
        // When
        List<Boolean> stored = atOnce(i -> keys.add(key("first-" + i, 0), true));

        // Then
        assertThat(stored).containsOnlyOnce(true);
        assertThat(await(keys.of(holder))).hasSize(1);
    }

    @Test
    void shouldCountAnAnswerOnce() {
        // Given
        SecurityKey counting = stored("counting", 4);
        SecurityKey silent = stored("silent", 0);

        // When, then
        assertThat(atOnce(i -> keys.used(counting, 5, NOW))).containsOnlyOnce(true);
        assertThat(await(keys.used(counting, 4, NOW))).isFalse();
        assertThat(await(keys.used(silent, 0, NOW))).isTrue();
        assertThat(await(keys.used(silent, 0, NOW))).isTrue();
        assertThat(await(keys.used(silent, 1, NOW))).isTrue();
        assertThat(await(keys.used(silent, 0, NOW))).as("it counts now").isFalse();
        assertThat(await(keys.find(holder, counting.credentialId())).orElseThrow())
                .extracting(SecurityKey::signCount, SecurityKey::lastUsedAt)
                .containsExactly(5L, NOW);
    }

    @Test
    void shouldFindAndRemoveAPersonsOwnKeysOnly() {
        // Given
        SecurityKey key = stored("mine", 0);
        var another = new KeyHolder("https://other.example.com", holder.subject());

        // When, then
        assertThat(await(keys.find(another, key.credentialId()))).isEmpty();
        await(keys.remove(another, key.credentialId()));
        assertThat(await(keys.find(holder, key.credentialId())).orElseThrow().attested())
                .isEqualTo(key.attested());
        await(keys.remove(holder, key.credentialId()));
        assertThat(await(keys.of(holder))).isEmpty();
        assertThat(await(keys.used(key, 1, NOW))).as("it is gone").isFalse();
    }

    @Test
    void shouldKeepAKeyForWhomItWasRegisteredFirst() {
        // Given
        SecurityKey key = stored("taken", 0);
        var thief = new KeyHolder(holder.authority(), "thief-" + holder.subject());

        // When
        boolean added = await(keys.add(
                new SecurityKey(key.credentialId(), thief, "mine now", new byte[] {9}, false, 0, NOW, null), false));

        // Then
        assertThat(added).isFalse();
        assertThat(await(keys.find(holder, key.credentialId()))).isPresent();
    }

    @Test
    void shouldGiveAChallengeToOneOfThoseWhoTakeIt() {
        // Given
        String name = UUID.randomUUID().toString();
        await(challenges.keep(new ChallengeStore.Issued(name, new byte[] {1, 2}, NOW.plusSeconds(60))));

        // When
        List<Boolean> taken = atOnce(i -> challenges.take(name).map(found -> found.isPresent()));

        // Then
        assertThat(taken).containsOnlyOnce(true);
    }

    @Test
    void shouldClearAwayWhatNobodyAnswered() {
        // Given
        String old = UUID.randomUUID().toString();
        await(challenges.keep(new ChallengeStore.Issued(old, new byte[] {1}, NOW.minusSeconds(1))));

        // When
        await(challenges.keep(
                new ChallengeStore.Issued(UUID.randomUUID().toString(), new byte[] {1}, NOW.plusSeconds(60))));

        // Then
        assertThat(await(challenges.take(old))).isEmpty();
    }

    private SecurityKey stored(String name, long signCount) {
        SecurityKey key = key(name, signCount);
        assertThat(await(keys.add(key, false))).isTrue();
        return key;
    }

    private SecurityKey key(String name, long signCount) {
        return new SecurityKey(
                name + "-" + holder.subject(), holder, name, new byte[] {1, 2, 3}, true, signCount, NOW, null);
    }

    private static List<Boolean> atOnce(java.util.function.IntFunction<Uni<Boolean>> work) {
        return await(Uni.join()
                .all(IntStream.range(0, AT_ONCE).mapToObj(work).toList())
                .andFailFast());
    }

    private static <T> T await(Uni<T> work) {
        return work.await().indefinitely();
    }
}
