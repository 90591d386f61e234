package io.obstat.notifier.teams;

import static io.obstat.notifier.teams.FakeTokenIssuer.KEY;
import static io.obstat.notifier.teams.FakeTokenIssuer.KEY_ID;
import static io.obstat.notifier.teams.FakeTokenIssuer.OTHER_KEY;
import static io.obstat.notifier.teams.Inbound.BOT;
import static io.obstat.notifier.teams.Inbound.NOW;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a forger may try, and what differs from the rule without harm. */
final class Forgeries {

    private Forgeries() {}

    /** @param says what has to stand in the reason, so that it is refused for this and for nothing else */
    record Forgery(String name, Rule rule, String says, Consumer<Inbound> change) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Forgery> all() {
        return Stream.of(tokens(), claims(), ForgedActivities.all()).flatMap(List::stream);
    }

    private static List<Forgery> tokens() {
        return List.of(
                new Forgery("no header", Rule.BEARER, "no Authorization", in -> in.authorization = token -> null),
                new Forgery("empty header", Rule.BEARER, "no Authorization", in -> in.authorization = token -> ""),
                new Forgery(
                        "other scheme",
                        Rule.BEARER,
                        "no Authorization",
                        in -> in.authorization = token -> "Basic " + token),
                new Forgery(
                        "the token alone", Rule.BEARER, "no Authorization", in -> in.authorization = token -> token),
                new Forgery("scheme alone", Rule.JWT, "no JSON Web Token", in -> in.authorization = token -> "Bearer "),
                new Forgery("garbage", Rule.JWT, "no JSON Web Token", in -> in.token = claims -> "garbage"),
                new Forgery(
                        "three parts of garbage", Rule.JWT, "no JSON Web Token", in -> in.token = claims -> "a.b.c"),
                new Forgery(
                        "a second token",
                        Rule.JWT,
                        "no JSON Web Token",
                        in -> in.authorization = token -> "Bearer " + token + "," + token),
                new Forgery("too long", Rule.JWT, "more than", in -> in.claims.claim("x", "x".repeat(20_000))),
                new Forgery(
                        "claims that are no object",
                        Rule.JWT,
                        "no JSON Web Token",
                        in -> in.token =
                                claims -> parts("{\"alg\":\"RS256\",\"kid\":\"%s\"}".formatted(KEY_ID), "[1]", "AAAA")),
                new Forgery(
                        "exp that is text",
                        Rule.JWT,
                        "no JSON Web Token",
                        in -> in.token = claims -> parts(
                                "{\"alg\":\"RS256\",\"kid\":\"%s\"}".formatted(KEY_ID), "{\"exp\":\"soon\"}", "AAAA")),
                new Forgery(
                        "alg none",
                        Rule.ALGORITHM,
                        "'none'",
                        in -> in.token = claims -> new PlainJWT(claims).serialize()),
                new Forgery(
                        "alg none with a signature",
                        Rule.JWT,
                        "no JSON Web Token",
                        in -> in.token = claims -> parts(
                                "{\"alg\":\"none\",\"kid\":\"%s\"}".formatted(KEY_ID), claims.toString(), "AAAA")),
                new Forgery(
                        "HS256 with the public key, DER",
                        Rule.ALGORITHM,
                        "'HS256'",
                        in -> in.token = claims -> hs256(claims, publicKey())),
                new Forgery(
                        "HS256 with the public key, PEM",
                        Rule.ALGORITHM,
                        "'HS256'",
                        in -> in.token = claims -> hs256(claims, pem())),
                new Forgery("ES256", Rule.ALGORITHM, "'ES256'", in -> in.token = Forgeries::es256),
                new Forgery(
                        "RS384 not listed",
                        Rule.ALGORITHM,
                        "'RS384'",
                        in -> in.token = claims -> FakeTokenIssuer.sign(
                                FakeTokenIssuer.header(JWSAlgorithm.RS384).build(), claims, KEY)),
                new Forgery(
                        "PS256 not listed",
                        Rule.ALGORITHM,
                        "'PS256'",
                        in -> in.token = claims -> FakeTokenIssuer.sign(
                                FakeTokenIssuer.header(JWSAlgorithm.PS256).build(), claims, KEY)),
                new Forgery(
                        "no kid",
                        Rule.KEY,
                        "no key",
                        in -> in.token = claims ->
                                FakeTokenIssuer.sign(new JWSHeader.Builder(JWSAlgorithm.RS256).build(), claims, KEY)),
                new Forgery("unknown kid", Rule.KEY, "'nobody'", in -> in.token = claims -> signedAs("nobody", claims)),
                new Forgery(
                        "its own key in the header",
                        Rule.KEY,
                        "'mine'",
                        in -> in.token = claims -> FakeTokenIssuer.sign(
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID("mine")
                                        .jwk(OTHER_KEY.toPublicJWK())
                                        .jwkURL(URI.create("https://evil.com/keys"))
                                        .build(),
                                claims,
                                OTHER_KEY)),
                new Forgery(
                        "another's signature under a good kid",
                        Rule.SIGNATURE,
                        "does not fit",
                        in -> in.token = claims -> FakeTokenIssuer.sign(
                                FakeTokenIssuer.header(JWSAlgorithm.RS256)
                                        .jwk(OTHER_KEY.toPublicJWK())
                                        .build(),
                                claims,
                                OTHER_KEY)),
                new Forgery(
                        "changed claims",
                        Rule.SIGNATURE,
                        "does not fit",
                        in -> in.token = claims -> {
                            String[] good = signedAs(KEY_ID, claims).split("\\.");
                            return parts(decoded(good[0]), "{\"iss\":\"https://api.botframework.com\"}", good[2]);
                        }),
                new Forgery(
                        "crit that nobody knows",
                        Rule.SIGNATURE,
                        "does not fit",
                        in -> in.token = claims -> FakeTokenIssuer.sign(
                                FakeTokenIssuer.header(JWSAlgorithm.RS256)
                                        .criticalParams(Set.of("http://evil.com/x"))
                                        .customParam("http://evil.com/x", true)
                                        .build(),
                                claims,
                                KEY)),
                new Forgery(
                        "key without endorsement",
                        Rule.ENDORSEMENT,
                        "'[]'",
                        in -> in.token = claims -> signedAs("bare", claims)),
                new Forgery(
                        "key without the member",
                        Rule.ENDORSEMENT,
                        "'[]'",
                        in -> in.token = claims -> signedAs("plain", claims)),
                new Forgery(
                        "endorsement of another channel",
                        Rule.ENDORSEMENT,
                        "skype",
                        in -> in.token = claims -> signedAs("skype-key", claims)),
                new Forgery(
                        "endorsement that begins alike",
                        Rule.ENDORSEMENT,
                        "msteams2",
                        in -> in.token = claims -> signedAs("alike", claims)),
                new Forgery(
                        "key for encryption", Rule.KEY, "'enc'", in -> in.token = claims -> signedAs("enc", claims)));
    }

    private static List<Forgery> claims() {
        return List.of(
                new Forgery("wrong issuer", Rule.ISSUER, "evil.com", in -> in.claims.issuer("https://evil.com")),
                new Forgery("no issuer", Rule.ISSUER, "missing", in -> in.claims.issuer(null)),
                new Forgery(
                        "issuer with a slash",
                        Rule.ISSUER,
                        "com/'",
                        in -> in.claims.issuer("https://api.botframework.com/")),
                new Forgery(
                        "emulator's issuer",
                        Rule.ISSUER,
                        "sts.windows.net",
                        in -> in.claims.issuer("https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/")),
                new Forgery("wrong audience", Rule.AUDIENCE, "another", in -> in.claims.audience("another")),
                new Forgery("no audience", Rule.AUDIENCE, "'[]'", in -> in.claims.audience((String) null)),
                new Forgery(
                        "audiences without ours", Rule.AUDIENCE, "[a, b]", in -> in.claims.audience(List.of("a", "b"))),
                new Forgery(
                        "audience that holds ours", Rule.AUDIENCE, "x", in -> in.claims.audience(BOT.appId() + "x")),
                new Forgery("over for 6 min", Rule.EXPIRY, "2026-11-28T09:54:00Z", in -> ends(in, -360)),
                new Forgery("over for 5 min", Rule.EXPIRY, "2026-11-28T09:55:00Z", in -> ends(in, -300)),
                new Forgery("no exp", Rule.EXPIRY, "missing", in -> in.claims.expirationTime(null)),
                new Forgery("nbf in 6 min", Rule.NOT_BEFORE, "2026-11-28T10:06:00Z", in -> begins(in, 360)),
                new Forgery(
                        "serviceurl missing",
                        Rule.SERVICE_URL_CLAIM,
                        "missing",
                        in -> in.claims.claim("serviceurl", null)),
                new Forgery(
                        "serviceurl with another case",
                        Rule.SERVICE_URL_CLAIM,
                        "SMBA",
                        in -> in.claims.claim("serviceurl", Inbound.SERVICE_URL.replace("smba", "SMBA"))),
                new Forgery(
                        "serviceurl with another path",
                        Rule.SERVICE_URL_CLAIM,
                        "emea",
                        in -> in.claims.claim("serviceurl", Inbound.SERVICE_URL.replace("amer", "emea"))),
                new Forgery(
                        "serviceurl with another host",
                        Rule.SERVICE_URL_CLAIM,
                        "evil.com",
                        in -> in.claims.claim("serviceurl", "https://evil.com/")),
                new Forgery(
                        "serviceurl that is a list",
                        Rule.SERVICE_URL_CLAIM,
                        "'[",
                        in -> in.claims.claim("serviceurl", List.of(Inbound.SERVICE_URL))));
    }

    static Stream<Forgery> goodOnes() {
        return Stream.of(
                new Forgery("as Teams sends it", Rule.JWT, "", in -> {}),
                new Forgery("scheme in lower case", Rule.JWT, "", in -> in.authorization = token -> "bearer " + token),
                new Forgery("over for 4:59", Rule.EXPIRY, "", in -> ends(in, -299)),
                new Forgery("nbf in 5 min", Rule.NOT_BEFORE, "", in -> begins(in, 300)),
                new Forgery("no nbf", Rule.NOT_BEFORE, "", in -> in.claims.notBeforeTime(null)),
                new Forgery(
                        "ours among audiences", Rule.AUDIENCE, "", in -> in.claims.audience(List.of("a", BOT.appId()))),
                new Forgery(
                        "host in capitals on both sides",
                        Rule.SERVICE_URL_ALLOWED,
                        "",
                        in -> in.serviceUrl("https://SMBA.trafficmanager.net/amer/")),
                new Forgery(
                        "port named",
                        Rule.SERVICE_URL_ALLOWED,
                        "",
                        in -> in.serviceUrl("https://smba.trafficmanager.net:443/amer/")),
                new Forgery(
                        "tenant in the channel data alone",
                        Rule.TENANT,
                        "",
                        in -> in.part("conversation").remove("tenantId")),
                new Forgery(
                        "tenant in the conversation alone", Rule.TENANT, "", in -> in.activity.remove("channelData")));
    }

    private static void ends(Inbound inbound, int seconds) {
        inbound.claims.expirationTime(Date.from(NOW.plusSeconds(seconds)));
    }

    private static void begins(Inbound inbound, int seconds) {
        inbound.claims.notBeforeTime(Date.from(NOW.plusSeconds(seconds)));
    }

    private static String signedAs(String keyId, JWTClaimsSet claims) {
        return FakeTokenIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims, KEY);
    }

    private static String hs256(JWTClaimsSet claims, byte[] secret) {
        try {
            return FakeTokenIssuer.sign(
                    FakeTokenIssuer.header(JWSAlgorithm.HS256).build(), claims, new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] publicKey() {
        try {
            return KEY.toRSAPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] pem() {
        return ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey())
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String es256(JWTClaimsSet claims) {
        try {
            return FakeTokenIssuer.sign(
                    FakeTokenIssuer.header(JWSAlgorithm.ES256).build(),
                    claims,
                    new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String parts(String header, String claims, String signature) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + "."
                + signature;
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
