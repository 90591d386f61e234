package io.obstat.notifier.teams;

import com.microsoft.bot.schema.Activity;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import io.obstat.notifier.Replays;
import io.obstat.notifier.teams.Admission.Accepted;
import io.obstat.notifier.teams.Admission.Refused;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets in what the Bot Connector signed for our bot, and nothing else.
 *
 * <p>SPEC: "Authentication with the Bot Connector API" (bot-framework-rest-connector-authentication), "Authenticate requests from the Bot
 * Connector service to your bot". Requirement numbers below are those of its step 4. There is no setting that leaves one out.
 */
public final class ConnectorTokens implements Callers {

    /** SPEC: requirement 3. */
    static final String ISSUER = "https://api.botframework.com";

    /** SPEC: requirement 5, "Industry-standard clock-skew is 5 minutes". */
    static final Duration SKEW = Duration.ofMinutes(5);

    /** Microsoft lists this one alone. Another one in its list is a change to look at, not to follow. */
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;

    /** The SDK reads the claim under this name; the specification calls it serviceUrl. */
    private static final String SERVICE_URL = "serviceurl";

    private static final String SCHEME = "Bearer ";
    private static final int LONGEST_TOKEN = 16_384;
    private static final int REMEMBERED = 50_000;

    private final BotIdentity bot;
    private final ActivityRules rules;
    private final SigningKeys keys;
    private final InstantSource clock;
    private final Replays<ActivityKey> seen = new Replays<>(REMEMBERED);

    public ConnectorTokens(BotIdentity bot, ServiceUrls serviceUrls, SigningKeys keys, InstantSource clock) {
        this.bot = bot;
        this.rules = new ActivityRules(bot, serviceUrls);
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Admission> admit(@Nullable String authorization, Activity activity) {
        // SPEC: requirement 1. RFC 9110 §11.1: the scheme's case does not matter.
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return refused(Rule.BEARER, "There is no Authorization header with the Bearer scheme");
        }
        String token = authorization.substring(SCHEME.length());
        SignedJWT jwt;
        JWTClaimsSet claims;
        try {
            // SPEC: requirement 2.
            if (token.length() > LONGEST_TOKEN) {
                return refused(Rule.JWT, "The token has more than %d characters".formatted(LONGEST_TOKEN));
            }
            JWT parsed = JWTParser.parse(token);
            if (!(parsed instanceof SignedJWT signed)
                    || !ALGORITHM.equals(signed.getHeader().getAlgorithm())) {
                return refused(
                        Rule.ALGORITHM,
                        "The algorithm is %s, not %s"
                                .formatted(Text.quote(parsed.getHeader().getAlgorithm()), ALGORITHM));
            }
            jwt = signed;
            claims = parsed.getJWTClaimsSet();
        } catch (ParseException | IllegalArgumentException e) {
            return refused(Rule.JWT, "The token is no JSON Web Token: " + Text.quote(e.getMessage()));
        }
        String keyId = jwt.getHeader().getKeyID();
        if (keyId == null) {
            return refused(Rule.KEY, "The token names no key (kid)");
        }
        // The rules that cost nothing come before the one that may ask the issuer.
        Optional<Refused> broken = rules.broken(activity);
        if (broken.isPresent()) {
            return CompletableFuture.completedFuture(broken.get());
        }
        return keys.find(keyId).thenApply(lookup -> switch (lookup) {
            // INVARIANT: without the keys nobody is let in.
            case SigningKeys.Lookup.Unavailable(String problem) -> Refused.of(Rule.METADATA, problem);
            case SigningKeys.Lookup.Unknown() ->
                Refused.of(Rule.KEY, "The key %s is not in the keys document".formatted(Text.quote(keyId)));
            case SigningKeys.Lookup.Found(KeysDocument document, KeysDocument.Key key) ->
                judge(jwt, claims, activity, document, key);
        });
    }

    private Admission judge(
            SignedJWT jwt, JWTClaimsSet claims, Activity activity, KeysDocument document, KeysDocument.Key key) {
        // SPEC: requirement 6.
        if (!document.algorithms().contains(ALGORITHM.getName())) {
            return Refused.of(
                    Rule.ALGORITHM,
                    "The metadata lists %s, not %s".formatted(Text.quote(document.algorithms()), ALGORITHM));
        }
        if (!verified(jwt, key)) {
            return Refused.of(Rule.SIGNATURE, "The signature does not fit the key of this kid");
        }
        // SPEC: step 3, "endorsements": a key speaks only for the channels that it is endorsed for.
        if (!key.endorsements().contains(activity.getChannelId())) {
            return Refused.of(
                    Rule.ENDORSEMENT,
                    "The key is endorsed for %s, not for %s"
                            .formatted(Text.quote(key.endorsements()), Text.quote(activity.getChannelId())));
        }
        Instant now = clock.instant();
        return claimed(claims, activity, now)
                .<Admission>map(broken -> broken)
                .orElseGet(() -> first(claims, activity, now));
    }

    private static boolean verified(SignedJWT jwt, KeysDocument.Key key) {
        try {
            return jwt.verify(key.verifier());
        } catch (JOSEException e) {
            return false;
        }
    }

    private Optional<Refused> claimed(JWTClaimsSet claims, Activity activity, Instant now) {
        // SPEC: requirement 3.
        if (!ISSUER.equals(claims.getIssuer())) {
            return broken(Rule.ISSUER, "The issuer is %s, not %s", Text.quote(claims.getIssuer()), ISSUER);
        }
        // SPEC: requirement 4.
        if (!claims.getAudience().contains(bot.appId())) {
            return broken(Rule.AUDIENCE, "The audience is %s, not %s", Text.quote(claims.getAudience()), bot.appId());
        }
        // SPEC: requirement 5. RFC 7519 §4.1.4: not "on or after" its end. A token without an end is none of theirs.
        Date end = claims.getExpirationTime();
        if (end == null || !now.isBefore(end.toInstant().plus(SKEW))) {
            return broken(Rule.EXPIRY, "The token's end (exp) is %s, now is %s", Text.quote(instant(end)), now);
        }
        Date begin = claims.getNotBeforeTime();
        if (begin != null && now.isBefore(begin.toInstant().minus(SKEW))) {
            return broken(Rule.NOT_BEFORE, "The token's begin (nbf) is %s, now is %s", Text.quote(instant(begin)), now);
        }
        // SPEC: requirement 7. Compared letter by letter: they come from the same hand.
        Object claim = claims.getClaim(SERVICE_URL);
        if (!activity.getServiceUrl().equals(claim)) {
            return broken(
                    Rule.SERVICE_URL_CLAIM,
                    "The claim serviceurl is %s, the activity's serviceUrl is %s",
                    Text.quote(claim),
                    Text.quote(activity.getServiceUrl()));
        }
        return Optional.empty();
    }

    private Admission first(JWTClaimsSet claims, Activity activity, Instant now) {
        Optional<ActivityKey> key = ActivityKey.of(activity);
        if (key.isEmpty()) {
            return Refused.of(
                    Rule.ACTIVITY_ID,
                    "The activity lacks id, type or conversation.id, or has one that is too long: id %s, type %s"
                            .formatted(Text.quote(activity.getId()), Text.quote(activity.getType())));
        }
        Instant end = claims.getExpirationTime().toInstant().plus(SKEW);
        if (!seen.first(key.get(), end, now)) {
            return Refused.of(
                    Rule.REPLAY,
                    "The activity %s came before".formatted(Text.quote(key.get().activityId())));
        }
        return new Accepted(Caller.of(activity, key.get(), bot.tenantId()));
    }

    @Override
    public void unanswered(Caller caller) {
        seen.forget(caller.activity());
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static CompletionStage<Admission> refused(Rule rule, String why) {
        return CompletableFuture.completedFuture(Refused.of(rule, why));
    }

    private static Optional<Refused> broken(Rule rule, String format, Object is, Object expected) {
        return Optional.of(Refused.of(rule, format.formatted(is, expected)));
    }
}
