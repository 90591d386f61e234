package io.obstat.intake.http;

import io.obstat.intake.FieldError;
import io.obstat.intake.jose.KeyProofs;
import io.obstat.intake.jose.KeyProofs.KeyProof;
import io.obstat.intake.quarkus.IntakeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key to which an agent binds the grant that it asks for. SPEC: RFC 9449. Used proofs are remembered in this process: a replay that another
 * instance takes binds a grant to a key that whoever replays does not hold, and gains nothing.
 */
@ApplicationScoped
class Dpop {

    private static final String HEADER = "DPoP";

    /** After so long from its first use a proof is too old. */
    private static final Duration REMEMBERED = KeyProofs.WINDOW.multipliedBy(2);

    private final KeyProofs proofs;
    private final InstantSource clock;
    private Set<KeyProof> lately = new HashSet<>();
    private Set<KeyProof> before = Set.of();
    private Instant turn = Instant.EPOCH;

    Dpop(IntakeConfig config, InstantSource clock) {
        String base = config.publicUrl().toString();
        this.proofs = new KeyProofs(
                URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/actions"));
        this.clock = clock;
    }

    /** What came of looking for a proof. */
    sealed interface Outcome {}

    /** @param thumbprint of the key; absent when there is no proof */
    record Bound(@Nullable String thumbprint) implements Outcome {}

    /** There is none, and the access token is bound to a key. SPEC: RFC 9449 §7.2. */
    record Unproven() implements Outcome {}

    /** There is a proof, and it does not count. */
    record Refused(FieldError error) implements Outcome {}

    Outcome look(HttpHeaders headers, KeyProofs.AccessToken token) {
        List<String> sent = headers.getRequestHeader(HEADER);
        if (sent.isEmpty()) {
            return token.boundTo() == null ? new Bound(null) : new Unproven();
        }
        if (sent.size() > 1) {
            return refused("is there %d times; send one proof".formatted(sent.size()));
        }
        try {
            KeyProof proof = proofs.read(sent.getFirst(), token);
            return isFirst(proof)
                    ? new Bound(proof.thumbprint())
                    : refused("was used before; sign a new proof for every call");
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    /** Two sets in turn, so that nothing has to be looked through to forget. */
    private synchronized boolean isFirst(KeyProof proof) {
        Instant now = clock.instant();
        if (!now.isBefore(turn)) {
            before = lately;
            lately = new HashSet<>();
            turn = now.plus(REMEMBERED);
        }
        return !before.contains(proof) && lately.add(proof);
    }

    private static Refused refused(String problem) {
        return new Refused(new FieldError(HEADER, problem));
    }
}
