package io.obstat.decision.webauthn;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads and checks what keys answer, by webauthn4j (SPEC: WebAuthn Level 3 §7.1 and §7.2). Knows no database and no clock. */
@ApplicationScoped
class Ceremony {

    /** What keys may sign with, the most wanted first: all that keys and platforms of today can. */
    static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256);

    private static final Logger LOG = Logger.getLogger(Ceremony.class);
    private static final boolean USER_VERIFIED = true;
    private static final boolean USER_PRESENT = true;

    private final RelyingParty party;
    private final ObjectConverter converter = new ObjectConverter();
    private final AttestedCredentialDataConverter attestedData = new AttestedCredentialDataConverter(converter);
    // Not strict about attestation only: who made a key is neither asked nor believed.
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

    Ceremony(RelyingParty party) {
        this.party = party;
    }

    /** What to ask one of these keys. */
    Options.Get request(String challenge, List<SecurityKey> keys) {
        return Options.Get.of(party, challenge, keys);
    }

    /** How to make a key beside these. */
    Options.Create creation(String challenge, KeyHolder holder, String name, List<SecurityKey> registered) {
        return Options.Create.of(party, challenge, holder, name, registered);
    }

    /** A key's signature over a challenge, read and not yet checked; empty when it is none. */
    Optional<Assertion> readAssertion(@Nullable String json) {
        return read(json, manager::parseAuthenticationResponseJSON)
                .filter(data -> data.getCollectedClientData() != null && data.getAuthenticatorData() != null)
                .map(Assertion::new);
    }

    /** A new key, read and not yet checked; empty when it is none. */
    Optional<Attestation> readAttestation(@Nullable String json) {
        return read(json, manager::parseRegistrationResponseJSON)
                .filter(data -> data.getCollectedClientData() != null
                        && data.getAttestationObject() != null
                        && data.getAttestationObject().getAuthenticatorData().getAttestedCredentialData() != null)
                .map(Attestation::new);
    }

    /** Why this is no answer of the key to its challenge; empty when it is one. Whether the challenge is ours is not asked here. */
    Optional<Refusal> objection(Assertion assertion, SecurityKey key) {
        AuthenticationData data = assertion.data();
        byte @Nullable [] userHandle = data.getUserHandle();
        if (userHandle != null
                && userHandle.length > 0
                && !KeyHolder.base64url(userHandle).equals(key.holder().userHandle())) {
            return Optional.of(Refusal.NOT_YOURS);
        }
        try {
            manager.verify(
                    data,
                    new AuthenticationParameters(
                            server(assertion.challenge()),
                            record(key),
                            List.of(decode(key.credentialId())),
                            USER_VERIFIED,
                            USER_PRESENT));
            return Optional.empty();
        } catch (UserNotVerifiedException e) {
            return Optional.of(Refusal.NOT_VERIFIED);
        } catch (MaliciousCounterValueException e) {
            return Optional.of(Refusal.COPIED);
        } catch (RuntimeException e) {
            return Optional.of(invalid(e));
        }
    }

    /** Why this is no new key; empty when it is one. Whether the challenge is ours is not asked here. */
    Optional<Refusal> objection(Attestation attestation) {
        List<PublicKeyCredentialParameters> allowed = ALGORITHMS.stream()
                .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                .toList();
        try {
            manager.verify(
                    attestation.data(),
                    new RegistrationParameters(server(attestation.challenge()), allowed, USER_VERIFIED, USER_PRESENT));
            return Optional.empty();
        } catch (UserNotVerifiedException e) {
            return Optional.of(Refusal.NOT_VERIFIED);
        } catch (RuntimeException e) {
            return Optional.of(invalid(e));
        }
    }

    /** The key that was made, once it was checked. */
    SecurityKey key(Attestation attestation, KeyHolder holder, String label, Instant now) {
        var made = attestation.data().getAttestationObject().getAuthenticatorData();
        var attested = made.getAttestedCredentialData();
        return new SecurityKey(
                KeyHolder.base64url(attested.getCredentialId()),
                holder,
                label,
                attestedData.convert(attested),
                made.isFlagBE(),
                made.getSignCount(),
                now,
                null);
    }

    private ServerProperty server(String challenge) {
        return ServerProperty.builder()
                .origin(new Origin(party.origin()))
                .rpId(party.id())
                .challenge(new DefaultChallenge(decode(challenge)))
                .build();
    }

    @SuppressWarnings("NullAway") // the library takes null for what was not kept about a key
    private CredentialRecord record(SecurityKey key) {
        return new CredentialRecordImpl(
                null,
                null,
                key.synced(),
                null,
                key.signCount(),
                attestedData.convert(key.attested()),
                null,
                null,
                null,
                null);
    }

    private static <T> Optional<T> read(@Nullable String json, Function<String, T> parse) {
        if (json == null || json.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(json));
        } catch (RuntimeException e) {
            LOG.debugf("Not an answer of a key: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private static Refusal invalid(RuntimeException e) {
        LOG.infof("The answer of a key was not valid: %s", e.getMessage());
        return Refusal.INVALID;
    }

    private static byte[] decode(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }

    /** A key's signature over a challenge. */
    record Assertion(AuthenticationData data) {

        /** In base64url, as everything that names something here. */
        String challenge() {
            return KeyHolder.base64url(
                    data.getCollectedClientData().getChallenge().getValue());
        }

        String credentialId() {
            return KeyHolder.base64url(data.getCredentialId());
        }

        long signCount() {
            return data.getAuthenticatorData().getSignCount();
        }
    }

    /** A new key, with its signature over a challenge. */
    record Attestation(RegistrationData data) {

        String challenge() {
            return KeyHolder.base64url(
                    data.getCollectedClientData().getChallenge().getValue());
        }
    }
}
