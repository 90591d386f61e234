package io.obstat.decision.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What an operator sets. */
@ConfigMapping(prefix = "obstat.decision")
public interface DecisionConfig {

    /** The file with the Ed25519 private JWK (RFC 8037) that signs decisions and grants. There is no default; without it nothing starts. */
    Optional<Path> signingKeyFile();

    /** A file with the public keys that signed before, as a JWK Set: they are published and their grants are taken. */
    Optional<Path> retiredKeysFile();

    /** The public address of this service: the {@code iss} of its statements and grants, under which its JWKS is found. */
    URI issuer();

    /** How long a grant can be redeemed; positive. */
    @WithDefault("PT15M")
    Duration grantLifetime();

    /** How long after it has taken up a grant an agent has to say how the run went, before that is on record as overdue; positive. */
    @WithDefault("PT1H")
    Duration reportWithin();

    /** The group of those who enforce grants for agents, and may ask whether any grant is good. */
    @WithDefault("grant-gateways")
    String gatewayGroup();

    /** The file that says who is who and who owns which agent (YAML). Without it the directory has whom SCIM provisions, and nobody else. */
    Optional<Path> directoryFile();

    SecurityKeys securityKeys();

    /** Security keys and passkeys (WebAuthn). */
    interface SecurityKeys {

        /**
         * Where people open the inbox, when that is not {@link DecisionConfig#issuer()}: scheme, host and port. Browsers use keys on
         * {@code https} pages and on {@code http://localhost} only, and never where the host is an IP address. The host is what keys are
         * registered for: change it, and everybody has to register theirs anew.
         */
        @WithDefault("${obstat.decision.issuer}")
        URI origin();
    }

    /** The group of the tokens that may provision people and groups by SCIM. */
    @WithDefault("scim-provisioners")
    String scimGroup();

    /** The group of the tokens that may ask who is to be told of an approval, and what each may do. */
    @WithDefault("notifiers")
    String notifierGroup();

    /** The group of the people who may suspend agents, and let them work again, and see everybody's figures. */
    @WithDefault("obstat-admins")
    String adminGroup();

    Outbox outbox();

    /** How facts leave for Kafka. */
    interface Outbox {

        /**
         * How long the instance that committed facts has to publish them before another may. Longer than the producer's
         * {@code delivery.timeout.ms}, or facts are sent twice without need; shorter than anybody wants to wait after a crash.
         */
        @WithDefault("PT10S")
        Duration lease();
    }
}
