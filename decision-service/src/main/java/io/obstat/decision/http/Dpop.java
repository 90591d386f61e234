package io.obstat.decision.http;

import io.obstat.decision.jose.KeyProofs;
import io.obstat.decision.jose.KeyProofs.KeyProof;
import io.obstat.decision.quarkus.DecisionConfig;
import io.obstat.decision.reactive.UsedProofs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The key that whoever redeems a grant proves to hold. SPEC: RFC 9449. */
@ApplicationScoped
class Dpop {

    static final String HEADER = "DPoP";

    private final KeyProofs proofs;
    private final UsedProofs used;
    private final Clock clock;

    Dpop(DecisionConfig config, UsedProofs used, Clock clock) {
        this.proofs = new KeyProofs(URI.create(Requests.address(config.issuer(), "/v1/grants/redeem")));
        this.used = used;
        this.clock = clock;
    }

    /**
     * The thumbprint of the key, once its proof is used up; empty when there is no proof. Reads the call at once, and not when it is subscribed to.
     *
     * @throws UnprovenTokenException at once, when there is no proof and the token is bound to a key
     * @throws InvalidRequestException at once or in the {@code Uni}, when there is a proof and it does not count
     */
    Uni<Optional<String>> proved(HttpHeaders headers, KeyProofs.AccessToken token) {
        List<String> sent = headers.getRequestHeader(HEADER);
        if (sent.isEmpty()) {
            if (token.boundTo() != null) {
                throw new UnprovenTokenException();
            }
            return Uni.createFrom().item(Optional.empty());
        }
        KeyProof proof = read(sent, token);
        return used.use(proof.thumbprint(), proof.id(), clock.instant().plus(KeyProofs.WINDOW.multipliedBy(2)))
                .map(first -> {
                    if (!first) {
                        throw new InvalidRequestException(HEADER, "was used before; sign a new proof for every call");
                    }
                    return Optional.of(proof.thumbprint());
                });
    }

    private KeyProof read(List<String> sent, KeyProofs.AccessToken token) {
        if (sent.size() > 1) {
            throw new InvalidRequestException(HEADER, "is there %d times; send one proof".formatted(sent.size()));
        }
        try {
            return proofs.read(sent.getFirst(), token);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(HEADER, String.valueOf(e.getMessage()));
        }
    }
}
