package io.obstat.intake.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ActionWithdrawn;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.json.Json;
import io.obstat.intake.StoredAction;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a caller sees of an action. */
record ActionView(
        ActionId id,
        ActionDigest digest,
        String status,
        @Nullable ActionRequested request,
        @Nullable ActionWithdrawn withdrawal,
        @Nullable JsonNode decision,
        Links links) {

    /**
     * Where to go from here.
     *
     * @param self here
     * @param decision at decision-service, by long poll
     */
    record Links(URI self, URI decision) {}

    /** In short: the answer to the one who asked. */
    static ActionView brief(StoredAction action, URI decisionService) {
        return view(action, null, null, null, decisionService);
    }

    /** In short, with the decision if there is one. */
    static ActionView decided(StoredAction action, URI decisionService) {
        return view(action, null, null, tree(action.decision()), decisionService);
    }

    /** Everything, for the agent that asked. */
    static ActionView whole(StoredAction action, URI decisionService) {
        return view(action, action.requested(), action.withdrawn(), tree(action.decision()), decisionService);
    }

    /** Everything but the grant, which is the agent's alone. */
    static ActionView wholeForPeople(StoredAction action, URI decisionService) {
        JsonNode decision = tree(action.decision());
        if (decision instanceof ObjectNode object) {
            object.remove("grant");
        }
        return view(action, action.requested(), action.withdrawn(), decision, decisionService);
    }

    private static ActionView view(
            StoredAction action,
            @Nullable ActionRequested request,
            @Nullable ActionWithdrawn withdrawal,
            @Nullable JsonNode decision,
            URI decisionService) {
        return new ActionView(
                action.id(),
                action.requested().digest(),
                action.status().wireName(),
                request,
                withdrawal,
                decision,
                new Links(self(action.id()), decisionService.resolve("/v1/decisions/" + action.id())));
    }

    static URI self(ActionId id) {
        return URI.create("/v1/actions/" + id);
    }

    private static @Nullable JsonNode tree(@Nullable Decision decision) {
        return decision == null ? null : Json.tree(decision);
    }
}
