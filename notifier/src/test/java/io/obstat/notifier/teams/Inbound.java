package io.obstat.notifier.teams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.bot.schema.Activity;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;

/** A callback as Teams sends it, which a forger may change. Good unless changed. */
final class Inbound {

    static final BotIdentity BOT =
            new BotIdentity("c9e8c047-2a74-40a2-b28a-b162d5f5327c", "72f988bf-86f1-41af-91ab-2d7cd011db47");
    static final String SERVICE_URL = "https://smba.trafficmanager.net/amer/72f988bf-86f1-41af-91ab-2d7cd011db47/";
    static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    /** Not the SDK's own adapter: it looks for the fields of each type anew each time, which takes longer than a signature. */
    private static final ObjectMapper SDK = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .findAndRegisterModules();

    /** SPEC: Teams, "Universal Actions for Adaptive Cards", the invoke activity. */
    private static final String INVOKE = """
            {"type":"invoke","name":"adaptiveCard/action","id":"f:9d2b9e4a-0001-4f0e-8f6a-7b3f7b1f1a01",
             "timestamp":"2026-11-28T10:00:00.123Z","channelId":"msteams","serviceUrl":"%s",
             "from":{"id":"29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA85gQ","name":"Megan Bowen",
                     "aadObjectId":"7faf8ab2-3d56-4244-b585-20c8a42ed2b8"},
             "conversation":{"conversationType":"personal","id":"a:17I0kl9EkpE1O9PH5TWrzrLNwnWWcfrU7QZ","tenantId":"%s"},
             "recipient":{"id":"28:%s","name":"Obstat"},
             "channelData":{"tenant":{"id":"%s"},"source":{"name":"message"}},
             "value":{"action":{"type":"Action.Execute","verb":"approve","data":{"x":[1]}},"trigger":"manual"}}""".formatted(SERVICE_URL, BOT.tenantId(), BOT.appId(), BOT.tenantId());

    final JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
            .issuer("https://api.botframework.com")
            .audience(BOT.appId())
            .notBeforeTime(Date.from(NOW.minusSeconds(60)))
            .expirationTime(Date.from(NOW.plusSeconds(3600)))
            .claim("serviceurl", SERVICE_URL);
    final ObjectNode activity;
    Function<JWTClaimsSet, String> token = claims ->
            FakeTokenIssuer.sign(FakeTokenIssuer.header(JWSAlgorithm.RS256).build(), claims, FakeTokenIssuer.KEY);
    Function<String, String> authorization = token -> "Bearer " + token;

    Inbound() {
        try {
            activity = (ObjectNode) SDK.readTree(INVOKE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Inbound id(String id) {
        activity.put("id", id);
        return this;
    }

    /** Claim and activity alike, as a forger of the whole would have it. */
    Inbound serviceUrl(String url) {
        activity.put("serviceUrl", url);
        claims.claim("serviceurl", url);
        return this;
    }

    ObjectNode part(String name) {
        return (ObjectNode) activity.get(name);
    }

    String header() {
        return authorization.apply(token.apply(claims.build()));
    }

    Activity read() {
        try {
            return SDK.treeToValue(activity, Activity.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
