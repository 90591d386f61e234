package io.obstat.sdk.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.json.Json;
import io.obstat.sdk.ActionDraft;
import io.obstat.sdk.Actions;
import io.obstat.sdk.http.HttpCalls.Call;
import io.obstat.sdk.http.HttpCalls.Reply;
import io.obstat.sdk.jose.ProofKey;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** request-intake by HTTP. */
final class HttpActions implements Actions {

    private static final long LONGEST_WAIT_SECONDS = 60;

    private final HttpCalls calls;
    private final URI intake;
    private final @Nullable ProofKey key;

    /** @param key to which grants are to be bound; absent when to none */
    HttpActions(HttpCalls calls, URI intake, @Nullable ProofKey key) {
        this.calls = calls;
        this.intake = intake;
        this.key = key;
    }

    @Override
    public Accepted submit(ActionDraft draft, String key, Duration wait) throws InterruptedException {
        long seconds = Math.min(wait.toSeconds(), LONGEST_WAIT_SECONDS);
        Map<String, String> headers = new HashMap<>(Map.of("Idempotency-Key", key));
        if (seconds > 0) {
            // SPEC: RFC 7240 §4.3
            headers.put("Prefer", "wait=" + seconds);
        }
        Call call = new Call(
                "POST",
                Addresses.of(intake, "/v1/actions"),
                headers,
                body(draft),
                Duration.ofSeconds(seconds),
                this.key);
        Reply reply = calls.send(call);
        if (reply.status() != 202 && reply.status() != 200) {
            throw Replies.refusal("request-intake", "the request", reply);
        }
        Answer answer = Replies.read(reply, Answer.class, "request-intake");
        return new Accepted(answer.id(), answer.digest(), answer.decision());
    }

    @Override
    public void withdraw(ActionId action, @Nullable String reason) throws InterruptedException {
        ObjectNode body = Json.events().createObjectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        Reply reply = calls.send(Call.delete(Addresses.of(intake, "/v1/actions/" + action), Replies.json(body)));
        if (reply.status() / 100 != 2) {
            throw Replies.refusal("request-intake", "to withdraw " + action, reply);
        }
    }

    private static String body(ActionDraft draft) {
        ObjectNode body = Json.events().createObjectNode();
        body.put("type", draft.action().type().value());
        body.put("resource", draft.action().resource());
        body.put("environment", draft.action().environment());
        body.set("parameters", draft.action().parameters().asTree());
        body.setAll((ObjectNode) Json.tree(draft.claimed()));
        if (draft.deadline() != null) {
            body.put("deadline", draft.deadline().toString());
        }
        return Replies.json(body);
    }

    private record Answer(
            ActionId id, ActionDigest digest, @Nullable Decision decision) {}
}
