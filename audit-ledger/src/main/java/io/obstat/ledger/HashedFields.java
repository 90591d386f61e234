package io.obstat.ledger;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.event.EventType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields that enter a leaf as {@code sha256:…} of their text. A ledger that nobody can erase is no place for a token that can be used, nor
 * for the whole text of a request that nobody has authenticated. Everything else enters as it came.
 */
final class HashedFields {
    private HashedFields() {}

    /** JSON pointers into the data of this type; absent fields are left alone. */
    static List<JsonPointer> of(EventType type) {
        return switch (type) {
            case DECISION -> List.of(JsonPointer.compile("/grant/token"));
            case ACTION_INTENT -> List.of(JsonPointer.compile("/jws"));
            case ACTION_REQUESTED,
                    ACTION_WITHDRAWN,
                    APPROVAL_REQUIRED,
                    AUTO_ALLOWED,
                    AUTO_DENIED,
                    REVIEW_SUBMITTED,
                    APPROVAL_OPENED,
                    REVIEW_RECORDED,
                    REVIEW_REFUSED,
                    APPROVAL_CLAIMED,
                    APPROVAL_RELEASED,
                    APPROVAL_ESCALATED,
                    APPROVAL_REMINDED,
                    QUESTION_ASKED,
                    QUESTION_ANSWERED,
                    REASSESSMENT_REQUESTED,
                    NOBODY_REACHED,
                    GLASS_BROKEN,
                    GLASS_SIGNED,
                    GLASS_OVERDUE,
                    DECISION_REVOKED,
                    RUN_OVERDUE,
                    GRANT_REDEEMED,
                    GRANT_MISUSED,
                    ACTION_EXECUTED,
                    NOTIFIED,
                    NOTIFICATION_FAILED,
                    CARD_UPDATED,
                    POLICY_SET_ACTIVATED -> List.of();
        };
    }

    /** Replaces them in {@code data} and returns the pointers of those that were there. */
    static List<String> replaceIn(ObjectNode data, EventType type) {
        var replaced = new ArrayList<String>();
        for (JsonPointer pointer : of(type)) {
            JsonNode parent = data.at(pointer.head());
            String field = pointer.last().getMatchingProperty();
            if (parent instanceof ObjectNode object && object.path(field).isTextual()) {
                byte[] text = object.get(field).textValue().getBytes(StandardCharsets.UTF_8);
                object.put(field, Hash.sha256(text).digest());
                replaced.add(pointer.toString());
            }
        }
        return replaced;
    }
}
