package io.obstat.decision.webauthn;

import io.obstat.decision.webauthn.ChallengeStore.Issued;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Makes challenges, and takes each one back once, in time, and for what it was made for. */
@ApplicationScoped
class Challenges {

    static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int NONCE_BYTES = 32;

    private final ChallengeStore store;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Challenges(ChallengeStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A new challenge, in base64url. */
    Uni<String> issue(KeyHolder holder, Occasion occasion) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        String challenge = KeyHolder.base64url(occasion.challenge(holder, nonce));
        return store.keep(new Issued(challenge, nonce, clock.instant().plus(LIFETIME)))
                .replaceWith(challenge);
    }

    /**
     * Takes a challenge back.
     *
     * @param challenge as the key signed it, in base64url
     * @return why the answer to it is not taken; empty when it may be
     */
    Uni<Optional<Refusal>> redeem(String challenge, KeyHolder holder, Occasion occasion) {
        return store.take(challenge)
                .map(found -> found.filter(issued -> clock.instant().isBefore(issued.expiresAt()))
                        .map(issued -> isFor(issued, holder, occasion)
                                ? Optional.<Refusal>empty()
                                : Optional.of(Refusal.FOR_SOMETHING_ELSE))
                        .orElse(Optional.of(Refusal.SPENT)));
    }

    private static boolean isFor(Issued issued, KeyHolder holder, Occasion occasion) {
        return KeyHolder.base64url(occasion.challenge(holder, issued.nonce())).equals(issued.challenge());
    }
}
