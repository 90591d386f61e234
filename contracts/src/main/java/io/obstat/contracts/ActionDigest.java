package io.obstat.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.CanonicalJson;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people approve, what a grant allows and what the ledger records: SHA-256 over the RFC 8785 form of schema version, agent,
 * person acted for, type, resource, environment and parameters. Form: {@code sha256:} and 64 lower-case hex digits.
 */
public record ActionDigest(@JsonValue String value) {

    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int SCHEMA_VERSION = 1;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ActionDigest {
        Identifiers.requireForm("ActionDigest", value, FORM);
    }

    /**
     * The digest of this action when this agent does it, for this person or on its own behalf.
     *
     * @throws io.obstat.contracts.json.MalformedJsonException when the parameters hold a number or text that RFC 8785 cannot keep
     */
    public static ActionDigest of(AgentId agent, @Nullable Person onBehalfOf, Action action) {
        ObjectNode subject = JsonNodeFactory.instance.objectNode();
        subject.put("schemaVersion", SCHEMA_VERSION);
        subject.put("agent", agent.value());
        subject.put("onBehalfOf", onBehalfOf == null ? null : onBehalfOf.subject());
        subject.put("type", action.type().value());
        subject.put("resource", action.resource());
        subject.put("environment", action.environment());
        subject.set("parameters", action.parameters().asTree());
        return new ActionDigest(CanonicalJson.sha256(subject));
    }

    @Override
    public String toString() {
        return value;
    }
}
