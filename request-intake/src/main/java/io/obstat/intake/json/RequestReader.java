package io.obstat.intake.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.json.CanonicalJson;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.intake.ActionRequestBody;
import io.obstat.intake.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what an agent asks. Strict, because people approve exactly what is read here: nothing unknown, nothing twice, nothing coerced. Says
 * everything that is wrong with the fields at once, so that an agent can mend its request in one go.
 */
public final class RequestReader {

    /** The fields of a request. */
    public static final Set<String> FIELDS = Set.of(
            "type",
            "resource",
            "environment",
            "parameters",
            "intent",
            "run",
            "model",
            "links",
            "diff",
            "plan",
            "deadline");

    private RequestReader() {}

    /** What came of reading. */
    public sealed interface Read {
        /** A request. */
        record Request(ActionRequestBody body) implements Read {}

        /**
         * None.
         *
         * @param errors what is wrong, at least one, in the order of the fields
         */
        record Malformed(List<FieldError> errors) implements Read {
            public Malformed {
                errors = List.copyOf(errors);
            }
        }
    }

    /** The request in a JSON document of at most {@link ActionRequestBody#MOST_BYTES}; the caller has checked its size. */
    public static Read read(byte[] json) {
        try {
            return read(Json.readStrict(json, JsonNode.class));
        } catch (MalformedJsonException e) {
            return malformed(e);
        }
    }

    /** The request in a JSON value that came without repeated keys, see {@link Json#readStrict}. */
    public static Read read(JsonNode json) {
        if (!(json instanceof ObjectNode request)) {
            return new Read.Malformed(List.of(
                    new FieldError("", "The request is no JSON object; send {\"type\": …, \"resource\": …, …}")));
        }
        try {
            // Text that is not Unicode has no UTF-8 form, and a number that RFC 8785 cannot keep has no digest.
            CanonicalJson.bytes(request);
        } catch (MalformedJsonException e) {
            return malformed(e);
        }
        return read(new Fields(request));
    }

    private static Read read(Fields fields) {
        fields.refuseOthersThan(FIELDS);
        var type = fields.required("type", ActionType.class);
        String resource = fields.text("resource", Action.LONGEST_RESOURCE);
        String environment = fields.text("environment", Action.LONGEST_ENVIRONMENT);
        Parameters parameters = fields.optional("parameters", Parameters.class).orElse(Parameters.none());
        String intent = fields.text("intent", Claimed.LONGEST_INTENT);
        String run = fields.optionalText("run", 128).orElse(null);
        String model = fields.optionalText("model", 128).orElse(null);
        List<Claimed.Link> links = fields.list("links", Claimed.Link.class, 10);
        String diff = fields.optionalText("diff", Claimed.LONGEST_DIFF).orElse(null);
        String plan = fields.optionalText("plan", 128).orElse(null);
        Instant deadline = fields.instant("deadline").orElse(null);
        if (!fields.errors().isEmpty() || type.isEmpty()) {
            return new Read.Malformed(fields.errors());
        }
        return new Read.Request(new ActionRequestBody(
                new Action(type.get(), resource, environment, parameters),
                new Claimed(intent, run, model, links, diff, plan),
                deadline));
    }

    private static Read malformed(MalformedJsonException e) {
        return new Read.Malformed(List.of(new FieldError(e.field(), e.problem())));
    }

    /** The known fields in a steady order, for messages. */
    static String known(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }
}
