package io.obstat.intake.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.CanonicalJson;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.intake.FieldError;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads why an agent takes its request back: <code>{"reason": …}</code>, or nothing at all. */
public final class ReasonReader {

    private static final int LONGEST = 1_000;

    private ReasonReader() {}

    /** What came of reading. */
    public sealed interface Read {
        /** A reason, or none. */
        record Reason(@Nullable String reason) implements Read {}

        /**
         * Something else.
         *
         * @param errors what is wrong, at least one
         */
        record Malformed(List<FieldError> errors) implements Read {
            public Malformed {
                errors = List.copyOf(errors);
            }
        }
    }

    public static Read read(byte[] json) {
        if (json.length == 0) {
            return new Read.Reason(null);
        }
        try {
            JsonNode tree = Json.readStrict(json, JsonNode.class);
            CanonicalJson.bytes(tree);
            return tree instanceof ObjectNode object
                    ? read(new Fields(object))
                    : new Read.Malformed(
                            List.of(new FieldError("", "The body is no JSON object; send {\"reason\": …} or nothing")));
        } catch (MalformedJsonException e) {
            return new Read.Malformed(List.of(new FieldError(e.field(), e.problem())));
        }
    }

    private static Read read(Fields fields) {
        fields.refuseOthersThan(Set.of("reason"));
        String reason = fields.optionalText("reason", LONGEST).orElse(null);
        return fields.errors().isEmpty() ? new Read.Reason(reason) : new Read.Malformed(fields.errors());
    }
}
