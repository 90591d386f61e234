package io.obstat.decision.jose;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** SPEC: RFC 8037 §3.1, EdDSA with Ed25519. Thread safe: a signer of Bouncy Castle lives for one signature. */
final class Ed25519 implements JWSSigner, JWSVerifier {

    private final SigningKey key;
    private final JCAContext context = new JCAContext();

    Ed25519(SigningKey key) {
        this.key = key;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] input) {
        var signer = new Ed25519Signer();
        signer.init(true, key.privateKey());
        signer.update(input, 0, input.length);
        return Base64URL.encode(signer.generateSignature());
    }

    @Override
    public boolean verify(JWSHeader header, byte[] input, Base64URL signature) {
        if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm())) {
            return false;
        }
        var verifier = new Ed25519Signer();
        verifier.init(false, key.publicKey());
        verifier.update(input, 0, input.length);
        return verifier.verifySignature(signature.decode());
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
        return context;
    }
}
