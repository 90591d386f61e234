package io.obstat.decision.jose;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** Keys for tests. */
public final class TestKeys {

    private TestKeys() {}

    /** A private JWK that nobody has used before. */
    public static String newEd25519Jwk() {
        var key = new Ed25519PrivateKeyParameters(new SecureRandom());
        return new OctetKeyPair.Builder(
                        Curve.Ed25519, Base64URL.encode(key.generatePublicKey().getEncoded()))
                .d(Base64URL.encode(key.getEncoded()))
                .build()
                .toJSONString();
    }
}
