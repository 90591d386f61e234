package io.obstat.policy.quarkus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Verified;
import io.obstat.contracts.Verified.Method;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.policy.Policy;
import java.time.Instant;
import java.util.List;

/** Judges made-up requests before the first real one, whose evaluation would otherwise pay for loading classes: some tens of milliseconds. */
final class WarmUp {

    private static final int ROUNDS = 50;

    private WarmUp() {}

    static void of(Policy policy) {
        var agent = new AgentId("warm-up");
        var action = new Action(
                new ActionType("warm.up"),
                "warm-up",
                "none",
                Parameters.of(JsonNodeFactory.instance.objectNode().put("round", ROUNDS)));
        var request = new ActionRequested(
                ActionId.derive(agent, "warm-up"),
                ActionDigest.of(agent, null, action),
                action,
                new Verified(agent, new Person("nobody", null), null, Method.OIDC, "warm-up"),
                new Claimed("warm up", null, null, List.of(), null),
                Instant.EPOCH,
                null);
        for (int i = 0; i < ROUNDS; i++) {
            policy.judge(request, Instant.EPOCH);
        }
    }
}
