package io.obstat.decision.jose;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSProvider;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** SPEC: RFC 8037 §3.1, EdDSA with Ed25519. Thread safe: a signer of Bouncy Castle lives for one signature. */
abstract sealed class Ed25519 implements JWSProvider {

    private final JCAContext context = new JCAContext();

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }

    /** Signs with the key that signs now. */
    static final class Signer extends Ed25519 implements JWSSigner {

        private final SigningKey key;

        Signer(SigningKey key) {
            this.key = key;
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] input) {
            var signer = new Ed25519Signer();
            signer.init(true, key.privateKey());
            signer.update(input, 0, input.length);
            return Base64URL.encode(signer.generateSignature());
        }
    }

    /** Checks with the key that the header names, if that is one of ours. */
    static final class Verifier extends Ed25519 implements JWSVerifier {

        private final Map<String, Ed25519PublicKeyParameters> keys;

        Verifier(PublishedKeys published) {
            this.keys = published.keys().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            OctetKeyPair::getKeyID, key -> new Ed25519PublicKeyParameters(key.getDecodedX())));
        }

        @Override
        public boolean verify(JWSHeader header, byte[] input, Base64URL signature) {
            Ed25519PublicKeyParameters key = keys.get(String.valueOf(header.getKeyID()));
            if (key == null || !JWSAlgorithm.EdDSA.equals(header.getAlgorithm())) {
                return false;
            }
            var verifier = new Ed25519Signer();
            verifier.init(false, key);
            verifier.update(input, 0, input.length);
            return verifier.verifySignature(signature.decode());
        }
    }
}
