package io.obstat.intake.jose;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.contracts.Verified;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.intake.ActionRequestBody;
import io.obstat.intake.Admission;
import io.obstat.intake.AgentKey;
import io.obstat.intake.AgentRegistry;
import io.obstat.intake.IdempotencyKey;
import io.obstat.intake.jose.Intent.Refused;
import io.obstat.intake.json.RequestReader;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates intents: a compact JWS (EdDSA, {@code typ: obstat-intent+jwt}) by a key of the agent registry. Claims: {@code iss} the agent,
 * {@code aud: obstat}, {@code iat} and {@code exp} in seconds, {@code jti} the idempotency key, {@code onBehalfOf} the subject of the person
 * acted for, {@code cnf.jkt} the thumbprint of the key to which the grant is to be bound, {@code action} the request. Stateless and thread safe.
 */
public final class IntentVerifier {

    /** SPEC: RFC 7515 §4.1.9, what kind of JWS it is, so that none made for another use is taken for an intent. */
    public static final String TYPE = "obstat-intent+jwt";

    /** SPEC: RFC 7515 §7.1; checked first, because the parser passes over characters that are no base64url. */
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    /** Who intents are for. */
    public static final String AUDIENCE = "obstat";

    /** How old an intent may be. */
    public static final Duration OLDEST = Duration.ofHours(24);

    /** How far the clock of a pipeline may be ahead. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

    private final AgentRegistry registry;

    public IntentVerifier(AgentRegistry registry) {
        this.registry = registry;
    }

    private record Claims(
            String iss,
            String aud,
            Long iat,
            @Nullable Long exp,
            String jti,
            @Nullable String onBehalfOf,
            @Nullable Confirmation cnf,
            JsonNode action) {

        @SuppressWarnings("UnusedMethod") // Jackson calls it.
        Claims {
            Required.text("iss", iss, 128);
            Required.text("aud", aud, 128);
            Required.present("iat", iat);
            Required.text("jti", jti, 128);
            Required.optionalText("onBehalfOf", onBehalfOf, 255);
            Required.present("action", action);
        }
    }

    /** SPEC: RFC 9449 §6.1. */
    private record Confirmation(String jkt) {

        @SuppressWarnings("UnusedMethod") // Jackson calls it.
        Confirmation {
            Required.present("cnf.jkt", jkt);
        }
    }

    /** Who signed this JWS, and what they ask; or why it counts for nothing. */
    public Intent verify(String jws, Instant now) {
        if (!COMPACT.matcher(jws).matches()) {
            return noJws("it is not three parts of base64url with dots between them");
        }
        JWSObject parsed;
        try {
            parsed = JWSObject.parse(jws);
        } catch (ParseException | IllegalArgumentException e) {
            return noJws(Quoted.of(e.getMessage()));
        }
        JWSHeader header = parsed.getHeader();
        Optional<String> headerProblem = problemOf(header);
        if (headerProblem.isPresent()) {
            return new Refused(headerProblem.get());
        }
        return registry.keyHolder(header.getKeyID())
                .map(holder -> isSigned(parsed, holder.key())
                        ? ofSigned(parsed, holder, now)
                        : new Refused(
                                "The signature does not fit the key %s; sign the intent with the private part of it"
                                        .formatted(holder.key().kid())))
                .orElseGet(() -> new Refused(
                        "The kid %s is not registered; add the key to the agent in the agents file of request-intake"
                                .formatted(Quoted.of(header.getKeyID()))));
    }

    private static Refused noJws(String problem) {
        return new Refused("The intent is no compact JWS: %s; sign it as RFC 7515 §7.1 says".formatted(problem));
    }

    private static Optional<String> problemOf(JWSHeader header) {
        if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm())) {
            return Optional.of("The alg is %s; sign intents with EdDSA (Ed25519)"
                    .formatted(Quoted.of(String.valueOf(header.getAlgorithm()))));
        }
        if (!new JOSEObjectType(TYPE).equals(header.getType())) {
            return Optional.of("The typ is %s; a JWS for this topic has the typ %s"
                    .formatted(
                            header.getType() == null
                                    ? "missing"
                                    : Quoted.of(header.getType().toString()),
                            TYPE));
        }
        // SPEC: RFC 7515 §4.1.11, whoever does not understand what crit lists must refuse the JWS.
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            return Optional.of("The header lists critical parameters, of which none is known here; leave crit out");
        }
        if (header.getKeyID() == null) {
            return Optional.of("The kid is missing; name the registered key that signed");
        }
        return Optional.empty();
    }

    private static boolean isSigned(JWSObject jws, AgentKey key) {
        try {
            // The key comes from the registry alone; jwk, jku and x5c in the header are never looked at.
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key.publicKey());
            ed25519.update(jws.getSigningInput());
            return ed25519.verify(jws.getSignature().decode());
        } catch (GeneralSecurityException e) {
            // A signature of the wrong length throws; it is no signature.
            return false;
        }
    }

    private static Intent ofSigned(JWSObject jws, AgentRegistry.KeyHolder holder, Instant now) {
        try {
            return ofClaims(Json.readStrict(jws.getPayload().toBytes(), Claims.class), holder, now);
        } catch (MalformedJsonException | InvalidFieldException e) {
            return new Refused("The claims are not in order: " + e.getMessage());
        }
    }

    private static Intent ofClaims(Claims claims, AgentRegistry.KeyHolder holder, Instant now) {
        if (!claims.iss().equals(holder.agent().id().value())) {
            return new Refused("The iss is %s, but the key %s belongs to %s; sign with a key of your own"
                    .formatted(
                            Quoted.of(claims.iss()),
                            holder.key().kid(),
                            holder.agent().id()));
        }
        if (!claims.aud().equals(AUDIENCE)) {
            return new Refused("The aud is %s; it must be %s".formatted(Quoted.of(claims.aud()), AUDIENCE));
        }
        Optional<String> timeProblem = problemOf(claims, now);
        if (timeProblem.isPresent()) {
            return new Refused(timeProblem.get());
        }
        return switch (Admission.ofSigner(holder.agent(), holder.key(), claims.onBehalfOf())) {
            case Admission.Refused refused -> new Refused(refused.detail());
            case Admission.Admitted admitted -> ofAdmitted(claims, admitted);
        };
    }

    private static Optional<String> problemOf(Claims claims, Instant now) {
        long seconds = now.getEpochSecond();
        if (claims.iat() < seconds - OLDEST.toSeconds()) {
            return Optional.of("The iat %d is older than 24 h; sign the intent again".formatted(claims.iat()));
        }
        if (claims.iat() > seconds + CLOCK_SKEW.toSeconds()) {
            return Optional.of("The iat %d is more than 60 s ahead of the clock here (%d); set the pipeline's clock"
                    .formatted(claims.iat(), seconds));
        }
        if (claims.exp() != null && claims.exp() <= seconds) {
            return Optional.of("The exp %d is over (it is %d); sign the intent again".formatted(claims.exp(), seconds));
        }
        return Optional.empty();
    }

    private static Intent ofAdmitted(Claims claims, Admission.Admitted admitted) {
        int bytes = Json.write(claims.action()).length;
        if (bytes > ActionRequestBody.MOST_BYTES) {
            return new Refused(
                    "The action is %d bytes of JSON, at most %d are allowed; pass large inputs by digest and link"
                            .formatted(bytes, ActionRequestBody.MOST_BYTES));
        }
        IdempotencyKey key;
        try {
            key = new IdempotencyKey(claims.jti());
        } catch (InvalidFieldException e) {
            return new Refused("The jti " + e.problem());
        }
        Verified verified;
        try {
            verified = admitted.verified()
                    .boundTo(claims.cnf() == null ? null : claims.cnf().jkt());
        } catch (InvalidFieldException e) {
            return new Refused("The cnf.jkt " + e.problem());
        }
        return switch (RequestReader.read(claims.action())) {
            case RequestReader.Read.Request request -> new Intent.Authentic(verified, key, request.body());
            case RequestReader.Read.Malformed malformed ->
                new Refused("The action is not in order: "
                        + String.join(
                                "; ",
                                malformed.errors().stream()
                                        .map(Object::toString)
                                        .toList()));
        };
    }
}
