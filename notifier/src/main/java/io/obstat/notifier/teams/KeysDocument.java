package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the issuer publishes.
 *
 * @param algorithms those that the metadata lists
 * @param keys by key id
 */
record KeysDocument(Set<String> algorithms, Map<String, Key> keys) {

    KeysDocument {
        algorithms = Set.copyOf(algorithms);
        keys = Map.copyOf(keys);
    }

    /**
     * A key that tokens are signed with.
     *
     * @param endorsements the channels that it may speak for
     */
    record Key(JWSVerifier verifier, Set<String> endorsements) {

        Key {
            endorsements = Set.copyOf(endorsements);
        }

        private static final int SMALLEST = 2048;

        /** Empty for a key that is not for RSA signatures; SPEC: RFC 7517 §5, such keys are ignored. */
        private static Optional<Key> read(JsonNode json) {
            try {
                RSAKey key = RSAKey.parse(json.toString());
                if (key.size() < SMALLEST || (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse()))) {
                    return Optional.empty();
                }
                return Optional.of(new Key(new RSASSAVerifier(key.toRSAPublicKey()), texts(json.path("endorsements"))));
            } catch (ParseException | JOSEException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /** The OpenID metadata, as far as it concerns us. */
    record Metadata(URI keysUrl, Set<String> algorithms) {

        Metadata {
            algorithms = Set.copyOf(algorithms);
        }

        /** @throws IllegalStateException saying what is wrong with it */
        static Metadata read(URI from, HttpJson.Answer answer) {
            JsonNode json = expect(from, answer);
            Set<String> algorithms = texts(json.path("id_token_signing_alg_values_supported"));
            if (algorithms.isEmpty()) {
                throw new IllegalStateException("the metadata lists no id_token_signing_alg_values_supported");
            }
            String keysUrl = json.path("jwks_uri").asText("");
            Optional<Origin> origin = Origin.of(keysUrl);
            // INVARIANT: keys come from the host whose certificate vouches for the metadata, never in the clear.
            if (origin.isEmpty() || !origin.equals(Origin.of(from))) {
                throw new IllegalStateException(
                        "the metadata names the jwks_uri %s, which is not at the scheme, host and port of %s"
                                .formatted(Text.quote(keysUrl), from));
            }
            return new Metadata(URI.create(keysUrl), algorithms);
        }

        /** @throws IllegalStateException when there is no key to be used in it */
        KeysDocument keys(HttpJson.Answer answer) {
            Map<String, Key> keys = new HashMap<>();
            for (JsonNode json : expect(keysUrl, answer).path("keys")) {
                String id = json.path("kid").asText("");
                if (!id.isEmpty()) {
                    Key.read(json).ifPresent(key -> keys.putIfAbsent(id, key));
                }
            }
            if (keys.isEmpty()) {
                throw new IllegalStateException("%s has no RSA key of 2048 bits or more with a kid".formatted(keysUrl));
            }
            return new KeysDocument(algorithms, keys);
        }
    }

    private static JsonNode expect(URI from, HttpJson.Answer answer) {
        if (answer.status() != 200 || !answer.body().isObject()) {
            throw new IllegalStateException("%s answered %d%s"
                    .formatted(from, answer.status(), answer.body().isObject() ? "" : " without a JSON object"));
        }
        return answer.body();
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        for (JsonNode element : array) {
            if (element.isTextual()) {
                texts.add(element.textValue());
            }
        }
        return texts;
    }
}
