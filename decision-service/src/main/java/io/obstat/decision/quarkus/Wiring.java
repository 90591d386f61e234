package io.obstat.decision.quarkus;

import io.obstat.decision.Decider;
import io.obstat.decision.Notary;
import io.obstat.decision.Terms;
import io.obstat.decision.jose.JwtNotary;
import io.obstat.decision.jose.PresentedGrants;
import io.obstat.decision.jose.PublishedKeys;
import io.obstat.decision.jose.SigningKey;
import io.obstat.decision.webauthn.RelyingParty;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The core with its key and clock. */
final class Wiring {

    /** Read at start, so that a missing key stops the start and not the first decision. */
    @Produces
    @Singleton
    @Startup
    SigningKey signingKey(DecisionConfig config) {
        return config.signingKeyFile()
                .map(SigningKey::read)
                .orElseThrow(
                        () -> new ConfigurationException(
                                "obstat.decision.signing-key-file is not set; set OBSTAT_DECISION_SIGNING_KEY_FILE to a file with an Ed25519 private JWK (RFC 8037)"));
    }

    @Produces
    @Singleton
    Notary notary(SigningKey key, DecisionConfig config) {
        return new JwtNotary(key, config.issuer());
    }

    @Produces
    @Singleton
    @Startup
    PublishedKeys publishedKeys(SigningKey key, DecisionConfig config) {
        return config.retiredKeysFile()
                .map(file -> PublishedKeys.read(key, file))
                .orElseGet(() -> PublishedKeys.of(key));
    }

    @Produces
    @Singleton
    PresentedGrants presentedGrants(PublishedKeys keys, DecisionConfig config) {
        return new PresentedGrants(keys, config.issuer());
    }

    @Produces
    @Singleton
    Decider decider(Notary notary, DecisionConfig config) {
        return new Decider(notary, new Terms(config.grantLifetime(), config.reportWithin()));
    }

    /** Made at start, so that an address that no browser could open stops the start. */
    @Produces
    @Singleton
    @Startup
    RelyingParty relyingParty(DecisionConfig config) {
        try {
            return RelyingParty.at(config.securityKeys().origin());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("obstat.decision.security-keys.origin: " + e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
