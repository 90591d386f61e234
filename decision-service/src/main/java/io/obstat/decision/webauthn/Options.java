package io.obstat.decision.webauthn;

import java.util.List;

/** What a browser is told to ask a key for, in the JSON form that it reads by itself (SPEC: WebAuthn Level 3 §5.1.8 and §5.1.9). */
public final class Options {

    /** Where a key asks for a PIN, a finger or a face, or does not answer. */
    private static final String REQUIRED = "required";

    private Options() {}

    /** For {@code navigator.credentials.get}. */
    public record Get(
            String challenge, long timeout, String rpId, List<Credential> allowCredentials, String userVerification) {

        public Get {
            allowCredentials = List.copyOf(allowCredentials);
        }

        static Get of(RelyingParty party, String challenge, List<SecurityKey> keys) {
            return new Get(challenge, Challenges.LIFETIME.toMillis(), party.id(), credentials(keys), REQUIRED);
        }
    }

    /** For {@code navigator.credentials.create}. */
    public record Create(
            String challenge,
            long timeout,
            Party rp,
            User user,
            List<Algorithm> pubKeyCredParams,
            List<Credential> excludeCredentials,
            Selection authenticatorSelection,
            String attestation) {

        public Create {
            pubKeyCredParams = List.copyOf(pubKeyCredParams);
            excludeCredentials = List.copyOf(excludeCredentials);
        }

        /** @param name how the key's own dialogs call the person */
        static Create of(
                RelyingParty party, String challenge, KeyHolder holder, String name, List<SecurityKey> registered) {
            return new Create(
                    challenge,
                    Challenges.LIFETIME.toMillis(),
                    new Party(party.id(), "Obstat"),
                    new User(holder.userHandle(), name, name),
                    Ceremony.ALGORITHMS.stream()
                            .map(algorithm -> new Algorithm("public-key", algorithm.getValue()))
                            .toList(),
                    credentials(registered),
                    new Selection("preferred", REQUIRED),
                    "none");
        }
    }

    public record Credential(String type, String id) {}

    public record Party(String id, String name) {}

    public record User(String id, String name, String displayName) {}

    /** @param alg as in the IANA registry of COSE algorithms */
    public record Algorithm(String type, long alg) {}

    public record Selection(String residentKey, String userVerification) {}

    private static List<Credential> credentials(List<SecurityKey> keys) {
        return keys.stream()
                .map(key -> new Credential("public-key", key.credentialId()))
                .toList();
    }
}
