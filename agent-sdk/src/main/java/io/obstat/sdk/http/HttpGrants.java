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
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Redemption and report at decision-service. */
final class HttpGrants implements Grants {

    private static final String REDEEMED_BEFORE = "already-redeemed";

    private final HttpCalls calls;
    private final URI decisionService;

    HttpGrants(HttpCalls calls, URI decisionService) {
        this.calls = calls;
        this.decisionService = decisionService;
    }

    @Override
    public Answer redeem(Grant grant, ActionDigest aboutToRun) throws InterruptedException {
        ObjectNode body = Json.events().createObjectNode();
        body.put("grant", grant.token()).put("digest", aboutToRun.value());
        Reply reply = calls.send(Call.post(Addresses.of(decisionService, "/v1/grants/redeem"), Replies.json(body)));
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
        return new Answer.Refused(problem.cause(), explanation(problem, reply));
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

    private static String explanation(Problem problem, Reply reply) {
        // An answer that was lost may have been "redeemed". Then the grant is gone, and running on a guess is not an
        // option.
        return reply.doubtful() && problem.cause().equals(REDEEMED_BEFORE)
                ? "The grant is used up, probably by this very call, whose first answer was lost on the way; ask again."
                : problem.detail();
    }

    private record Redemption(GrantId grantId, Instant redeemedAt) {}
}
