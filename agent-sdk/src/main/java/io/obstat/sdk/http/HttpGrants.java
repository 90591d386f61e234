package io.obstat.sdk.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.Grant;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.json.Json;
import io.obstat.sdk.Grants;
import io.obstat.sdk.UntrustedException;
import io.obstat.sdk.http.HttpCalls.Call;
import io.obstat.sdk.http.HttpCalls.Reply;
import io.obstat.sdk.jose.ProofKey;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Redemption and report at decision-service. */
final class HttpGrants implements Grants {

    private final HttpCalls calls;
    private final URI decisionService;
    private final @Nullable ProofKey key;

    /** @param key to which the grants are bound; absent when to none */
    HttpGrants(HttpCalls calls, URI decisionService, @Nullable ProofKey key) {
        this.calls = calls;
        this.decisionService = decisionService;
        this.key = key;
    }

    @Override
    public Answer redeem(Grant grant, ActionDigest aboutToRun) throws InterruptedException {
        ObjectNode body = Json.events().createObjectNode();
        body.put("grant", grant.token()).put("digest", aboutToRun.value());
        Reply reply = calls.sendOnce(Call.post(Addresses.of(decisionService, "/v1/grants/redeem"), Replies.json(body))
                .proving(key));
        if (reply.status() == 200) {
            Redemption redemption = Replies.read(reply, Redemption.class, "decision-service");
            if (!redemption.grantId().equals(grant.id())) {
                throw new UntrustedException(
                        "decision-service redeemed %s, asked was %s".formatted(redemption.grantId(), grant.id()));
            }
            return new Answer.Taken(redemption.redeemedAt());
        }
        Problem problem = Problem.of(reply.body());
        if (reply.status() == 401 || problem.cause().isEmpty()) {
            throw Replies.refusal("decision-service", "to redeem " + grant.id(), reply);
        }
        return new Answer.Refused(problem.cause(), problem.detail());
    }

    @Override
    public void report(GrantId grant, ActionExecuted.Result result, @Nullable String summary)
            throws InterruptedException {
        ObjectNode body = Json.events().createObjectNode();
        body.set("result", Json.tree(result));
        if (summary != null) {
            body.put("summary", summary);
        }
        Reply reply = calls.send(Call.post(
                Addresses.of(decisionService, "/v1/grants/%s/execution".formatted(grant)), Replies.json(body)));
        if (reply.status() / 100 != 2) {
            throw Replies.refusal("decision-service", "the report on " + grant, reply);
        }
    }

    private record Redemption(GrantId grantId, Instant redeemedAt) {}
}
