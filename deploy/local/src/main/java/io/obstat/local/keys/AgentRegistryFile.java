package io.obstat.local.keys;

import com.nimbusds.jose.jwk.OctetKeyPair;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The agent registry: the file that ships, completed by the keys that were made on this machine. */
public final class AgentRegistryFile {

    /** Where a public key made on this machine goes: {@code keys: [] # made at first start}. */
    private static final Pattern SLOT = Pattern.compile("keys: \\[] +# made by ./obstat up$", Pattern.MULTILINE);

    private AgentRegistryFile() {}

    /**
     * The registry with this key in its one slot.
     *
     * @throws IllegalArgumentException when the file has no slot, or several
     */
    public static String render(String shipped, OctetKeyPair publicKey) {
        if (publicKey.isPrivate()) {
            throw new IllegalArgumentException("A registry holds public keys only");
        }
        if (SLOT.matcher(shipped).results().count() != 1) {
            throw new IllegalArgumentException(
                    "agents.yaml must have exactly one line \"keys: [] # made by ./obstat up\", for "
                            + LocalKeys.PIPELINE);
        }
        String key =
                "keys: [{kid: %s, kty: OKP, crv: Ed25519, x: %s}]".formatted(publicKey.getKeyID(), publicKey.getX());
        return SLOT.matcher(shipped).replaceFirst(Matcher.quoteReplacement(key));
    }
}
