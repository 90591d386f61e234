package io.obstat.sdk;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Grant;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Told;
import io.obstat.contracts.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Decisions as decision-service writes them; each part can be changed before it is signed. */
public final class Decider {

    public static final String ISSUER = "https://decisions.example.com";

    /** The key of the action that supersedes others. */
    public static final String SUPERSEDING = "the-other-job";

    private final Signer signer;
    private final Instant now;
    private UnaryOperator<Map<String, Object>> statement = UnaryOperator.identity();
    private UnaryOperator<Map<String, Object>> grant = UnaryOperator.identity();
    private UnaryOperator<Decision> afterwards = UnaryOperator.identity();
    private @Nullable Parameters parameters;
    private String statementType = "obstat-decision+jwt";
    private String grantType = "obstat-grant+jwt";

    public Decider(Signer signer, Instant now) {
        this.signer = signer;
        this.now = now;
    }

    public Decider statement(UnaryOperator<Map<String, Object>> change) {
        this.statement = change;
        return this;
    }

    public Decider grant(UnaryOperator<Map<String, Object>> change) {
        this.grant = change;
        return this;
    }

    /** The inputs as a reviewer changed them; the digest that is decided has to be the one with them. */
    public Decider parameters(Parameters changed) {
        this.parameters = changed;
        return this;
    }

    /** What happens to the decision once it is signed. */
    public Decider afterwards(UnaryOperator<Decision> change) {
        this.afterwards = change;
        return this;
    }

    public Decider types(String forStatement, String forGrant) {
        this.statementType = forStatement;
        this.grantType = forGrant;
        return this;
    }

    public Decision decide(ActionId id, ActionDigest digest, AgentId agent, Outcome outcome) {
        GrantId grantId = GrantId.of(id);
        Instant expiresAt = now.plusSeconds(900);
        boolean allowed = outcome == Outcome.ALLOWED;
        var said = claims(id, digest, agent);
        var told = new Told(
                Decision.DecidedBy.POLICY,
                "Policy said %s.%s"
                        .formatted(
                                outcome, outcome == Outcome.DENIED ? " Do this instead: Ask for the aggregate." : ""),
                outcome == Outcome.DENIED ? "Ask for the aggregate." : null,
                outcome == Outcome.DENIED ? now.plusSeconds(3600) : null,
                now);
        said.put("outcome", Json.tree(outcome).asText());
        said.put("told", told.digest());
        if (allowed) {
            said.put("jti", grantId.value());
        }
        var granted = claims(id, digest, agent);
        granted.put("aud", "obstat");
        granted.put("jti", grantId.value());
        granted.put("exp", expiresAt.getEpochSecond());
        return afterwards.apply(new Decision(
                id,
                digest,
                agent,
                outcome,
                told.decidedBy(),
                true,
                told.reason(),
                told.saferAlternative(),
                told.retryNotBefore(),
                List.of(),
                parameters,
                outcome == Outcome.SUPERSEDED ? ActionId.derive(agent, SUPERSEDING) : null,
                "sha256:00",
                told.decidedAt(),
                allowed ? new Grant(grantId, signer.sign(grantType, grant.apply(granted)), expiresAt) : null,
                signer.sign(statementType, statement.apply(said))));
    }

    /** The same decision with the same signatures, with other inputs. */
    public static Decision withInputs(Decision good, @Nullable Parameters parameters) {
        return with(good, good.told(), good.digest(), parameters);
    }

    /** The same decision with the same signatures, on another digest with its inputs. */
    public static Decision on(Decision good, ActionDigest digest, @Nullable Parameters parameters) {
        return with(good, good.told(), digest, parameters);
    }

    /** The same decision with the same signatures, telling something else. */
    public static Decision telling(Decision good, Told told) {
        return with(good, told, good.digest(), good.parameters());
    }

    private static Decision with(Decision good, Told told, ActionDigest digest, @Nullable Parameters parameters) {
        return new Decision(
                good.actionId(),
                digest,
                good.agent(),
                good.outcome(),
                told.decidedBy(),
                good.asked(),
                told.reason(),
                told.saferAlternative(),
                told.retryNotBefore(),
                good.reviews(),
                parameters,
                good.supersededBy(),
                good.policySet(),
                told.decidedAt(),
                good.grant(),
                good.statement());
    }

    private Map<String, Object> claims(ActionId id, ActionDigest digest, AgentId agent) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", ISSUER);
        claims.put("sub", agent.value());
        claims.put("iat", now.getEpochSecond());
        claims.put("action_id", id.value());
        claims.put("action_digest", digest.value());
        return claims;
    }
}
